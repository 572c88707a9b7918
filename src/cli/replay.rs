//! `vcispec replay`: a verdict of an earlier run seen again, on a fresh offer, then beside now.

mod which;

use std::path::Path;

use self::which::Which;
use super::arguments::{ReplayArguments, RunArguments};
use super::drive::{Driven, drive};
use super::{CliError, order, recorded, terminal};
use crate::checks::{self, Outcome, Verdict};
use crate::render::{self, Style};
use crate::report::{ExitStatus, Pair, Recorded, Replay, Said};
use crate::transcript::{Ending, Redactor, Run, Transcript, redact};

/// Runs the scenario of a verdict again and shows both sides.
pub async fn replay(arguments: ReplayArguments) -> Result<ExitStatus, CliError> {
    let recorded = recorded::read(&arguments.run)?;
    let which = Which::of(&recorded, &arguments.check, arguments.within.as_deref())?;
    let mut target = arguments.under_test;
    let is_told = target.issuer.is_some() || target.offer.is_some() || target.config.is_some();
    if !is_told && !Path::new(order::FILE).is_file() {
        target.issuer = Some(recorded.provenance.credential_issuer.clone());
    }
    let mut run_arguments = RunArguments::aimed_at(target, arguments.http);
    run_arguments.allow = arguments.allow;
    let mut order = order::from(run_arguments).await?;
    order.policy.include = vec![which.check.id.to_owned()];
    order.policy.exclude.clear();
    order.scenarios.clone_from(&which.scenarios);
    let Driven { run, is_interrupted, obstacle, .. } = drive(&mut order).await?;
    if let Some(error) = obstacle {
        return Err(error);
    }
    if is_interrupted {
        return Err(CliError::Failed("interrupted: nothing can be said".into()));
    }
    in_the_way(&run)?;
    let verdict = now(&which, &checks::judge(&run, &order.policy).verdicts);
    let status = match verdict.as_ref().map(|verdict| verdict.outcome) {
        Some(Outcome::Error) => ExitStatus::Error,
        Some(Outcome::Pass | Outcome::Note | Outcome::Warn) => ExitStatus::Green,
        // Red, or not judged, of which nobody can say that it is mended.
        _ => ExitStatus::Red,
    };
    let told = told(&recorded, which, &run, verdict);
    let width = terminal::width();
    let style = Style { width, ..terminal::style(true) };
    terminal::report(&render::replay(&told, style), true);
    Ok(status)
}

/// Why nothing was sent, or nothing answered.
fn in_the_way(run: &Run) -> Result<(), CliError> {
    let mut endings = run.transcripts.iter().map(|transcript| &transcript.ending);
    let is_run =
        |ending: &&Ending| !matches!(ending, Ending::NotRun { .. } | Ending::NotApplicable { .. });
    if let Some(why) = endings.clone().find_map(|ending| match ending {
        Ending::Failed { why } => Some(why),
        _ => None,
    }) {
        return Err(CliError::Failed(render::plain(why)));
    }
    if endings.clone().any(|ending| is_run(&ending)) {
        return Ok(());
    }
    match endings.next() {
        Some(Ending::NotRun { why } | Ending::NotApplicable { why }) => {
            Err(CliError::Usage(format!("it cannot be run here: {}", render::plain(why))))
        }
        _ => Err(CliError::Usage("no scenario exercises this check".into())),
    }
}

/// The verdict on the same check and endpoint. Where its chain of refusals broke, those that
/// were tried alone speak for it.
fn now(which: &Which, verdicts: &[Verdict]) -> Option<Verdict> {
    let named = which.verdict.name.split_once('@').map(|(_, endpoint)| endpoint);
    let is_it = |verdict: &&Verdict| {
        verdict.check == which.check.id
            && verdict.endpoint.map(|station| station.name()) == named
            && verdict.scenario.is_some() == which.verdict.scenario.is_some()
    };
    let same = verdicts.iter().filter(is_it);
    same.reduce(|worst, one| if one.outcome > worst.outcome { one } else { worst }).cloned()
}

fn told(recorded: &Recorded, which: Which, run: &Run, verdict: Option<Verdict>) -> Replay {
    let redactor = Redactor::of(run);
    let redacted = redact(run);
    let id = verdict.as_ref().and_then(|verdict| verdict.scenario.as_deref());
    let of = |transcripts: &'_ [Transcript]| {
        let there = transcripts.iter().position(|one| Some(one.scenario.as_str()) == id);
        there.unwrap_or(0)
    };
    let place = of(&redacted.transcripts);
    let scenario = which.verdict.scenario.as_deref();
    let exchanges = scenario
        .and_then(|scenario| recorded.scenario(scenario))
        .map(|then| Pair::all(then, &which.numbers, redacted.transcripts.get(place)));
    let exchanges = exchanges.unwrap_or_default();
    let number = exchanges.last().and_then(|pair| pair.now.as_ref()).map(|now| now.number);
    let sent = run.transcripts.get(place).and_then(|transcript| {
        transcript.exchanges.iter().find(|exchange| Some(exchange.number) == number)
    });
    let scrub = |text: Option<String>| text.map(|text| redactor.scrub(&text));
    let (outcome, because) = match verdict {
        Some(ref verdict) => (Some(verdict.outcome), verdict.because.clone()),
        None => (None, Some("the scenario did not show it".to_owned())),
    };
    Replay {
        check: which.check.id,
        obligation: which.check.obligation,
        scenario: which.in_words,
        then: Said {
            credential_issuer: recorded.provenance.credential_issuer.clone(),
            run_id: recorded.provenance.run_id.clone(),
            outcome: Some(which.verdict.outcome),
            expected: which.verdict.expected,
            actual: which.verdict.actual,
            because: which.verdict.because,
        },
        now: Said {
            credential_issuer: run.provenance.credential_issuer.clone(),
            run_id: run.provenance.run_id.clone(),
            outcome,
            expected: scrub(verdict.as_ref().and_then(|verdict| verdict.expected.clone())),
            actual: scrub(verdict.and_then(|verdict| verdict.actual)),
            because: scrub(because),
        },
        name: which.verdict.name,
        exchanges,
        command: sent.and_then(render::curl),
    }
}
