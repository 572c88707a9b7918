//! A run read back, from whatever it was written to: a JSON report, or the evidence of `--save`.

use std::path::Path;

use super::{CliError, plan};
use crate::checks::{self, Policy};
use crate::report::{Recorded, Report};
use crate::transcript::load;

/// Reads the run that a command was given as RUN. Evidence is judged by the policy that it was
/// saved with.
pub fn read(path: &Path) -> Result<Recorded, CliError> {
    let text = plan::read(path)?;
    let expected = "expected a JSON report or evidence of --save";
    let wrong = |why: String| CliError::Usage(format!("{}: {why}", path.display()));
    let is_evidence = serde_json::from_str::<serde_json::Value>(&text)
        .map_err(|error| wrong(format!("{expected}, found no JSON: {error}")))?
        .get("vcispec_evidence")
        .is_some();
    if !is_evidence {
        return Recorded::read(&text).map_err(|error| wrong(format!("{expected}: {error}")));
    }
    let (run, policy): (_, Policy) =
        load(text.as_bytes()).map_err(|error| wrong(error.to_string()))?;
    let report = Report::of(&run, &policy, &checks::judge(&run, &policy));
    Recorded::of(&report).map_err(|error| wrong(error.to_string()))
}
