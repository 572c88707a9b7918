//! One line for each scenario: what was done, how long it took, and whether all was well.

use schemars::JsonSchema;
use serde::Serialize;

use super::{CheckResult, ReportedVerdict};
use crate::checks::Outcome;
use crate::transcript::{Ending, Exchange, Received, Transcript};

/// A scenario at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ScenarioLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How it went.
    pub state: ScenarioState,
    /// Why, where it was not run, does not apply, or came to a halt.
    pub why: Option<String>,
    /// Whether it ended because the issuer could not be reached or offers ran out.
    pub broke_off: bool,
    /// How many verdicts weighed an obligation.
    pub judged: usize,
    /// How many requests were sent.
    pub exchanges: usize,
    /// From the first request to the last answer.
    pub milliseconds: u64,
}

/// How a scenario went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScenarioState {
    /// Nothing to complain of.
    Passed,
    /// Warnings, and nothing red.
    Warned,
    /// Something red.
    Failed,
    /// Rightly not judged.
    NotApplicable,
    /// Not run.
    NotRun,
}

pub(super) fn lines(transcripts: &[Transcript], results: &[CheckResult]) -> Vec<ScenarioLine> {
    transcripts.iter().map(|transcript| line(transcript, results)).collect()
}

fn line(transcript: &Transcript, results: &[CheckResult]) -> ScenarioLine {
    let verdicts: Vec<&ReportedVerdict> = results
        .iter()
        .flat_map(|result| &result.verdicts)
        .filter(|verdict| verdict.scenario.as_deref() == Some(transcript.scenario.as_str()))
        .collect();
    let (state, why) = state(transcript, &verdicts);
    ScenarioLine {
        id: transcript.scenario.clone(),
        title: transcript.title.clone(),
        state,
        why,
        broke_off: matches!(transcript.ending, Ending::Failed { .. }),
        judged: verdicts.iter().filter(|verdict| verdict.is_judged()).count(),
        exchanges: transcript.exchanges.len(),
        milliseconds: milliseconds(&transcript.exchanges),
    }
}

fn state(
    transcript: &Transcript,
    verdicts: &[&ReportedVerdict],
) -> (ScenarioState, Option<String>) {
    let worst = verdicts.iter().map(|verdict| verdict.outcome).max();
    let red = worst.is_some_and(Outcome::is_red);
    match &transcript.ending {
        Ending::NotRun { why } => (ScenarioState::NotRun, Some(why.clone())),
        Ending::NotApplicable { why } => (ScenarioState::NotApplicable, Some(why.clone())),
        Ending::Failed { why } => (ScenarioState::Failed, Some(why.clone())),
        Ending::Stopped { why, .. } if red => (ScenarioState::Failed, Some(why.clone())),
        Ending::Stopped { .. } | Ending::Completed => match worst {
            _ if red => (ScenarioState::Failed, None),
            Some(Outcome::Warn) => (ScenarioState::Warned, None),
            Some(Outcome::NotApplicable) => {
                let why = verdicts.iter().find_map(|verdict| verdict.because.clone());
                (ScenarioState::NotApplicable, why)
            }
            _ => (ScenarioState::Passed, None),
        },
    }
}

fn milliseconds(exchanges: &[Exchange]) -> u64 {
    let ended = |exchange: &Exchange| match &exchange.received {
        Received::Answer(answer) => answer.at,
        Received::Failure(failure) => failure.at,
    };
    let first = exchanges.iter().map(|exchange| exchange.request.at).min();
    let last = exchanges.iter().map(ended).max();
    let (Some(first), Some(last)) = (first, last) else {
        return 0;
    };
    u64::try_from(last.as_millisecond() - first.as_millisecond()).unwrap_or(0)
}
