//! A run read back, from whatever it was written to: a JSON report, or the evidence of `--save`.

use std::path::Path;

use super::{CliError, plan};
use crate::checks::{self, Policy};
use crate::report::{Recorded, Report};
use crate::transcript::{Run, load};

/// What a run was written to.
pub enum Written {
    /// Evidence: everything, with the policy that it was saved with.
    Evidence(Box<Run>, Box<Policy>),
    /// A JSON report.
    Report(Box<Recorded>),
}

/// Opens what a command was given as RUN.
pub fn open(path: &Path) -> Result<Written, CliError> {
    let text = plan::read(path)?;
    let expected = "expected a JSON report or evidence of --save";
    let wrong = |why: String| CliError::Usage(format!("{}: {why}", path.display()));
    let is_evidence = serde_json::from_str::<serde_json::Value>(&text)
        .map_err(|error| wrong(format!("{expected}, found no JSON: {error}")))?
        .get("vcispec_evidence")
        .is_some();
    if is_evidence {
        let (run, policy) = load(text.as_bytes()).map_err(|error| wrong(error.to_string()))?;
        return Ok(Written::Evidence(Box::new(run), Box::new(policy)));
    }
    let recorded = Recorded::read(&text).map_err(|error| wrong(format!("{expected}: {error}")))?;
    Ok(Written::Report(Box::new(recorded)))
}

/// Reads the run that a command was given as RUN. Evidence is judged by the policy that it was
/// saved with.
pub fn read(path: &Path) -> Result<Recorded, CliError> {
    match open(path)? {
        Written::Report(recorded) => Ok(*recorded),
        Written::Evidence(run, policy) => {
            let report = Report::of(&run, &policy, &checks::judge(&run, &policy));
            Recorded::of(&report)
                .map_err(|error| CliError::Usage(format!("{}: {error}", path.display())))
        }
    }
}
