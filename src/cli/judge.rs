//! `vcispec judge`: the same verdicts from a saved run, offline.

use super::CliError;
use super::arguments::JudgeArguments;
use super::outputs::{Outputs, strictness};
use crate::checks::{self, Policy};
use crate::report::{ExitStatus, Report};
use crate::transcript::load;

/// Judges a saved run by the policy it was saved with.
pub fn judge(arguments: &JudgeArguments) -> Result<ExitStatus, CliError> {
    let outputs = Outputs::read(&arguments.reporting.report)?;
    let path = arguments.file.display();
    let file = std::fs::File::open(&arguments.file)
        .map_err(|error| CliError::Usage(format!("{path} could not be read: {error}")))?;
    let (run, policy): (_, Policy) =
        load(file).map_err(|error| CliError::Usage(format!("{path}: {error}")))?;
    let judgement = checks::judge(&run, &policy);
    let report = Report::of(&run, &policy, &judgement);
    outputs.write(&report.held_to(strictness(&arguments.reporting, None)))
}
