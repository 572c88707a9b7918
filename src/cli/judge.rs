//! `vcispec judge`: the same verdicts from a saved run, offline.

use super::arguments::JudgeArguments;
use super::gates::{self, GateFiles};
use super::outputs::{Outputs, strictness};
use super::{CliError, plan};
use crate::checks::{self, Policy};
use crate::report::{ExitStatus, Report};
use crate::transcript::load;

/// Judges a saved run by the policy it was saved with.
pub fn judge(arguments: &JudgeArguments) -> Result<ExitStatus, CliError> {
    let outputs = Outputs::read(&arguments.reporting)?;
    let path = arguments.file.display();
    let file = std::fs::File::open(&arguments.file)
        .map_err(|error| CliError::Usage(format!("{path} could not be read: {error}")))?;
    let (run, mut policy): (_, Policy) =
        load(file).map_err(|error| CliError::Usage(format!("{path}: {error}")))?;
    policy.edition = arguments.edition.or(policy.edition);
    let suite = gates::suite(&plan::scenarios()?, Some(&run));
    let gates = GateFiles::of(&arguments.gates, None, suite, false).read()?;
    let judgement = checks::judge(&run, &policy);
    let strictness = strictness(&arguments.reporting, None);
    let finish = |report: Report| Ok(gates.reconcile(&run, report)?.held_to(strictness));
    outputs.tell(&run, &policy, &judgement, finish)
}
