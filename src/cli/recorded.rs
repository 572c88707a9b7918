//! A run as it was recorded: a JSON report, or evidence that is judged again.

use std::path::Path;

use super::CliError;
use crate::checks::{self, Policy};
use crate::report::{Recorded, Report};
use crate::transcript::load;

/// The largest file that is read, in octets.
const LARGEST: u64 = 512 << 20;

/// Reads a JSON report or the evidence of `vcispec run --save`.
pub fn read(path: &Path) -> Result<Recorded, CliError> {
    let wrong = |why: String| CliError::Usage(format!("{}: {why}", path.display()));
    let size = std::fs::metadata(path).map_err(|error| wrong(error.to_string()))?.len();
    if size > LARGEST {
        return Err(wrong(format!("expected at most {LARGEST} octets, found {size}")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    if !text.contains("\"vcispec_evidence\"") {
        return Recorded::read(&text)
            .map_err(|error| wrong(format!("expected a JSON report or saved evidence: {error}")));
    }
    let (run, policy): (_, Policy) =
        load(text.as_bytes()).map_err(|error| wrong(error.to_string()))?;
    let judgement = checks::judge(&run, &policy);
    Recorded::of(&Report::of(&run, &policy, &judgement)).map_err(|error| wrong(error.to_string()))
}
