//! `vcispec run`: judge somebody's issuer.

use std::path::Path;

use super::arguments::RunArguments;
use super::atomically::{self, Readers};
use super::drive::{Driven, drive};
use super::order::{self, Order};
use super::{CliError, terminal};
use crate::checks::{self, Policy};
use crate::report::{ExitStatus, Report};
use crate::transcript::{Run, save};

/// Runs scenarios against the issuer that the arguments and the configuration name.
pub async fn run(arguments: RunArguments) -> Result<ExitStatus, CliError> {
    carry_out(order::from(arguments).await?).await
}

/// Carries out an order and gives the exit status.
pub async fn carry_out(mut order: Order) -> Result<ExitStatus, CliError> {
    let gates = order.gates.read()?;
    let Driven { run, is_interrupted, obstacle, obstacle_in_short } = drive(&mut order).await?;
    if let Some(error @ CliError::Usage(_)) = obstacle {
        return Err(error);
    }
    if let Some(path) = &order.save {
        save_evidence(path, &run, &order.policy)?;
    }
    let judgement = checks::judge(&run, &order.policy);
    let finish = |report: Report| {
        let report = gates.reconcile(&run, report)?.held_to(order.strictness);
        Ok(if is_interrupted { report.interrupted() } else { report })
    };
    let status = order.outputs.tell(&run, &order.policy, &judgement, finish)?;
    let obstacle = if order.outputs.are_at_the_terminal() { obstacle_in_short } else { obstacle };
    if let Some(error) = obstacle {
        terminal::remark("");
        return Err(error);
    }
    Ok(status)
}

/// Writes the evidence where only its owner can read it.
fn save_evidence(path: &Path, run: &Run, policy: &Policy) -> Result<(), CliError> {
    let wrong = |error: String| {
        CliError::Usage(format!("the evidence could not be saved to {}: {error}", path.display()))
    };
    let mut octets = Vec::new();
    save(run, policy, &mut octets).map_err(|error| wrong(error.to_string()))?;
    atomically::write(path, &octets, Readers::Owner).map_err(|error| wrong(error.to_string()))
}
