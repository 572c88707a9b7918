//! `vcispec run`: judge somebody's issuer.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::arguments::RunArguments;
use super::order::{self, Order};
use super::progress::Progress;
use super::{CliError, terminal};
use crate::checks::{self, Policy};
use crate::report::{ExitStatus, Report};
use crate::runner::{Event, Obstacle, run as run_plan, wishes};
use crate::transcript::{Run, save};

/// Runs scenarios against the issuer that the arguments and the configuration name.
pub async fn run(arguments: RunArguments) -> Result<ExitStatus, CliError> {
    carry_out(order::from(arguments).await?).await
}

/// Carries out an order and gives the exit status.
pub async fn carry_out(mut order: Order) -> Result<ExitStatus, CliError> {
    order.gates.check()?;
    let Driven { run, is_interrupted, obstacle } = drive(&mut order).await?;
    if let Some(error @ CliError::Usage(_)) = obstacle {
        return Err(error);
    }
    if let Some(path) = &order.save {
        save_evidence(path, &run, &order.policy)?;
    }
    let judgement = checks::judge(&run, &order.policy);
    let finish =
        |report: Report| Ok(order.gates.reconcile(&run, report)?.held_to(order.strictness));
    let status = order.outputs.tell(&run, &order.policy, &judgement, finish)?;
    if let Some(error) = obstacle {
        terminal::remark("");
        return Err(error);
    }
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
    /// What stood in the way before anything could begin.
    pub obstacle: Option<CliError>,
}

/// Drives the scenarios of an order, and judges nothing. What is used up by that is taken out of
/// the order.
pub async fn drive(order: &mut Order) -> Result<Driven, CliError> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let progress = Arc::new(Progress::new(order.scenarios.len()));
    let plan = order.plan(Arc::clone(&interrupted))?;
    let wishes = wishes(&plan);
    if let Some(offers) = plan.offers.as_ref().filter(|_| !wishes.is_empty()) {
        terminal::remark(&format!("this run {}", offers.forecast(&wishes)));
    }
    let obstacle = Arc::new(OnceLock::new());
    let running = run_plan(plan, listener(&progress, &obstacle));
    let run = tokio::select! {
        // Who can be interrupted listens first.
        biased;
        () = second_interrupt(&interrupted, &progress) => {
            return Err(CliError::Failed("interrupted twice: no report was written".into()));
        }
        never = progress.keep() => match never {},
        run = running => run,
    };
    progress.clear();
    Ok(Driven {
        run,
        is_interrupted: interrupted.load(Ordering::Relaxed),
        obstacle: obstacle.get().map(|obstacle| in_the_way(obstacle, order.doctor.as_deref())),
    })
}

/// Tells the terminal what happens, and keeps what is in the way of the run.
fn listener(
    progress: &Arc<Progress>,
    obstacle: &Arc<OnceLock<Obstacle>>,
) -> crate::runner::Progress {
    let (progress, obstacle) = (Arc::clone(progress), Arc::clone(obstacle));
    Arc::new(move |event| {
        progress.tell(event);
        if let Event::Hindered(found) = event {
            // There is one at most.
            let _ = obstacle.set(found.clone());
        }
    })
}

/// Why a run could not begin, and what looks closer. The reports are written all the same, unless
/// it is the configuration that has to change: then nothing was judged that could be reported.
fn in_the_way(obstacle: &Obstacle, doctor: Option<&str>) -> CliError {
    let advice = doctor.map(|command| format!("\n  {command}")).unwrap_or_default();
    match obstacle {
        Obstacle::Unreachable { why } => {
            CliError::Failed(format!("the issuer cannot be reached: {why}{advice}"))
        }
        Obstacle::NoOffer { why, is_configuration: true } => {
            CliError::Usage(format!("there is no offer to begin with: {why}{advice}"))
        }
        Obstacle::NoOffer { why, is_configuration: false } => {
            CliError::Failed(format!("there is no offer to begin with: {why}{advice}"))
        }
    }
}

/// Lets the first Ctrl-C stop the run after the scenarios under way, and returns at the second.
async fn second_interrupt(interrupted: &AtomicBool, progress: &Progress) {
    for count in 0..2 {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        if count == 0 {
            interrupted.store(true, Ordering::Relaxed);
            progress.clear();
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
