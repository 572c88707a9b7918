//! An order driven at the terminal: the forecast, the progress, being
//! asked to stop, and what stood in the way.
//! Nothing is judged here.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::order::Order;
use super::progress::Progress;
use super::stop::Stops;
use super::{CliError, terminal};
use crate::runner::{self, Decision, Event, Knowledge, Obstacle, Plan, outlook, wishes};
use crate::scenario::Slow;
use crate::transcript::Run;

/// The scenarios of an order, driven.
pub struct Driven {
    /// What happened.
    pub run: Run,
    /// Whether the user stopped it half-way.
    pub is_interrupted: bool,
    /// What stood in the way before anything could begin.
    pub obstacle: Option<CliError>,
    /// The same for a reader who has the report with the cause before him already.
    pub obstacle_in_short: Option<CliError>,
}

/// Drives the scenarios of an order, and judges nothing. What is used up by that is taken out of
/// the order.
pub async fn drive(order: &mut Order) -> Result<Driven, CliError> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let progress = Arc::new(Progress::new(order.scenarios.len()));
    let plan = order.plan(Arc::clone(&interrupted))?;
    if let Some(says) = foreseen_in_the_dark(&plan) {
        terminal::remark(&says);
    }
    if let Some(says) = announced(&plan) {
        terminal::remark(&says);
    }
    let obstacle = Arc::new(OnceLock::new());
    let is_known = plan.credential_issuer.is_some();
    let running = runner::run(plan, listener(&progress, &obstacle, is_known));
    let run = tokio::select! {
        // Who can be interrupted listens first.
        biased;
        () = second_interrupt(Stops::listen(), &interrupted, &progress) => {
            return Err(CliError::Failed("interrupted twice: no report was written".into()));
        }
        never = progress.keep() => match never {},
        run = running => run,
    };
    progress.clear();
    let doctor = order.doctor.as_deref();
    Ok(Driven {
        run,
        is_interrupted: interrupted.load(Ordering::Relaxed),
        obstacle: obstacle.get().map(|obstacle| in_the_way(obstacle, doctor)),
        obstacle_in_short: obstacle.get().map(|obstacle| in_short(obstacle, doctor)),
    })
}

/// How many offers the run takes at the most, where it takes one to learn which issuer it is, and
/// there are enough.
fn foreseen_in_the_dark(plan: &Plan) -> Option<String> {
    let (None, Some(offers)) = (&plan.credential_issuer, &plan.offers) else { return None };
    let wishes = wishes(plan);
    let forecast = offers.forecast(&wishes);
    (!wishes.is_empty() && forecast.unmet.is_empty())
        .then(|| format!("this run needs at most {forecast}"))
}

/// How long the run will wait, as far as that is known beforehand.
fn announced(plan: &Plan) -> Option<String> {
    let waiting = plan.waiting.as_ref()?;
    let knowledge = Knowledge::of(plan.credential_issuer.clone());
    let slow: Vec<Slow> = outlook(plan, &knowledge)
        .into_iter()
        .filter(|(_, decision)| matches!(decision, Decision::Run(_)))
        .filter_map(|(scenario, _)| scenario.slow)
        .collect();
    let seconds = slow.iter().filter_map(|slow| match slow {
        Slow::Seconds(seconds) => Some(*seconds),
        Slow::Stated(_) => None,
    });
    let longest = seconds.max().unwrap_or_default();
    let at_most = waiting.at_most.as_secs();
    let stated = match slow.iter().any(|slow| matches!(slow, Slow::Stated(_))) {
        true => format!(", longer where access tokens live longer, but not above {at_most} s"),
        false => String::new(),
    };
    let count = slow.len();
    (count > 0).then(|| format!("{count} scenarios wait, side by side, for {longest} s{stated}"))
}

/// Tells the terminal what happens, and keeps what is in the way of the run.
fn listener(
    progress: &Arc<Progress>,
    obstacle: &Arc<OnceLock<Obstacle>>,
    is_known: bool,
) -> runner::Progress {
    let (progress, obstacle) = (Arc::clone(progress), Arc::clone(obstacle));
    Arc::new(move |event| {
        progress.tell(event);
        match event {
            Event::Foreseen(forecast) => {
                progress.clear();
                let now = if is_known { "" } else { "now " };
                terminal::remark(&format!("this run {now}needs {forecast}"));
            }
            Event::Hindered(found) => {
                // There is one at most.
                let _ = obstacle.set(found.clone());
            }
            Event::Began(_) | Event::Ended(_) | Event::Waits(..) => {}
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

/// The same, where the cause has been told: that nobody answers is a long story.
fn in_short(obstacle: &Obstacle, doctor: Option<&str>) -> CliError {
    match obstacle {
        Obstacle::Unreachable { .. } => {
            let advice = doctor.map(|command| format!("\n  {command}")).unwrap_or_default();
            CliError::Failed(format!("the issuer cannot be reached{advice}"))
        }
        other => in_the_way(other, doctor),
    }
}

/// Lets the run stop after the scenarios under way when it is asked to, and returns when it is asked
/// again.
async fn second_interrupt(mut stops: Stops, interrupted: &AtomicBool, progress: &Progress) {
    stops.next().await;
    interrupted.store(true, Ordering::Relaxed);
    progress.clear();
    terminal::remark("stopping after the scenarios under way; Ctrl-C again quits at once");
    stops.next().await;
}
