//! `vcispec run`: judge somebody's issuer.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::arguments::RunArguments;
use super::order::{self, Order};
use super::{CliError, plan, terminal};
use crate::checks::{self, Policy};
use crate::report::{ExitStatus, Report};
use crate::runner::{Plan, run as run_plan, wishes};
use crate::transcript::{Run, save};

/// Runs scenarios against the issuer that the arguments and the configuration name.
pub async fn run(arguments: RunArguments) -> Result<ExitStatus, CliError> {
    carry_out(order::from(arguments).await?).await
}

/// Carries out an order and gives the exit status.
pub async fn carry_out(mut order: Order) -> Result<ExitStatus, CliError> {
    order.gates.check()?;
    let Driven { run, is_interrupted } = drive(&mut order).await?;
    if let Some(path) = &order.save {
        save_evidence(path, &run, &order.policy)?;
    }
    let judgement = checks::judge(&run, &order.policy);
    let finish =
        |report: Report| Ok(order.gates.reconcile(&run, report)?.held_to(order.strictness));
    let status = order.outputs.tell(&run, &order.policy, &judgement, finish)?;
    if is_interrupted {
        terminal::remark("exit 3: the run was interrupted, what is above is a part of it");
        return Ok(status.or_worse(ExitStatus::Error));
    }
    Ok(status)
}

/// The scenarios of an order, driven.
pub struct Driven {
    /// What happened.
    pub run: Run,
    /// Whether the user stopped it half-way.
    pub is_interrupted: bool,
}

/// Drives the scenarios of an order, and judges nothing. What is used up by that is taken out of
/// the order.
pub async fn drive(order: &mut Order) -> Result<Driven, CliError> {
    let provenance = plan::provenance(
        order.credential_issuer.as_deref(),
        order.offer_source.clone(),
        order.client_id.clone(),
        &order.options,
    );
    let interrupted = Arc::new(AtomicBool::new(false));
    let line = Arc::new(terminal::LiveLine::new(order.scenarios.len()));
    let plan = Plan {
        scenarios: std::mem::take(&mut order.scenarios),
        http: plan::http(order.options.clone())?,
        offers: order.offers.take().map(Arc::new),
        credential_issuer: order.credential_issuer.clone(),
        client_id: order.client_id.clone(),
        policy: order.policy.clone(),
        allowed: order.allowed,
        isolate: order.isolate,
        jobs: order.jobs,
        allow_host: order.allow_host.clone(),
        provenance,
        interrupted: Arc::clone(&interrupted),
    };
    let wishes = wishes(&plan);
    if let Some(offers) = plan.offers.as_ref().filter(|_| !wishes.is_empty()) {
        terminal::remark(&format!("this run {}", offers.forecast(&wishes)));
    }
    let progress = Arc::clone(&line);
    let running = run_plan(plan, Arc::new(move |transcript| progress.done(&transcript.scenario)));
    let run = tokio::select! {
        run = running => run,
        () = second_interrupt(&interrupted, &line) => {
            return Err(CliError::Failed("interrupted twice: no report was written".into()));
        }
    };
    line.clear();
    Ok(Driven { run, is_interrupted: interrupted.load(Ordering::Relaxed) })
}

/// Lets the first Ctrl-C stop the run after the scenarios under way, and returns at the second.
async fn second_interrupt(interrupted: &AtomicBool, line: &terminal::LiveLine) {
    for count in 0..2 {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        if count == 0 {
            interrupted.store(true, Ordering::Relaxed);
            line.clear();
            terminal::remark("stopping after the scenarios under way; Ctrl-C again quits at once");
        }
    }
}

/// Writes the evidence where only its owner can read it.
fn save_evidence(path: &Path, run: &Run, policy: &Policy) -> Result<(), CliError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let wrong = |error: String| {
        CliError::Usage(format!("the evidence could not be saved to {}: {error}", path.display()))
    };
    let file = options.open(path).map_err(|error| wrong(error.to_string()))?;
    // The mode above is for a new file: one that was there before keeps its own.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .map_err(|error| wrong(error.to_string()))?;
    save(run, policy, file).map_err(|error| wrong(error.to_string()))
}
