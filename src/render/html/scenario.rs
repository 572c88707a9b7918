//! Everything that happened in one scenario: drawn, told, and in full.

use std::collections::HashMap;

use serde::Serialize;

use super::diagram::Diagram;
use super::exchange::ExchangeView;
use super::marks::Marks;
use super::showing::{Same, Showing, Shown};
use super::token::Tokens;
use super::tone::tone;
use crate::checks::Outcome;
use crate::report::{CheckResult, Report, ReportedVerdict, ScenarioLine, ScenarioState, counted};
use crate::transcript::Transcript;

/// A scenario on the page.
#[derive(Debug, Serialize)]
pub(super) struct ScenarioView {
    anchor: String,
    id: String,
    title: String,
    state: &'static str,
    tone: &'static str,
    /// Whether anything was done in it.
    ran: bool,
    /// Whether a card shows an exchange of it: such a scenario is open on paper.
    is_witness: bool,
    why: Option<String>,
    /// `12 checks · 7 exchanges · 93 ms`.
    numbers: String,
    skipped: Vec<(String, String)>,
    diagram: Diagram,
    exchanges: Vec<ExchangeView>,
    /// The verdicts that are no PASS, the worst first.
    verdicts: Vec<VerdictLine>,
    /// The names of those that are.
    passed: Vec<String>,
}

#[derive(Debug, Serialize)]
struct VerdictLine {
    name: String,
    check: &'static str,
    outcome: &'static str,
    tone: &'static str,
    expected: Option<String>,
    actual: Option<String>,
    because: Option<String>,
    /// Numbers and anchors of the exchanges that show it.
    exchanges: Vec<(u32, String)>,
}

/// The scenarios of a report, in the order of the run.
pub(super) fn scenarios<'a>(report: &'a Report, tokens: &Tokens<'a>) -> Vec<ScenarioView> {
    let mut shown = Shown::default();
    let pairs = report.scenarios.iter().zip(&report.transcripts).enumerate();
    pairs
        .map(|(index, (line, transcript))| {
            scenario(report, index, line, transcript, tokens, &mut shown)
        })
        .collect()
}

/// Where an exchange is shown in full.
pub(super) fn anchor(report: &Report, scenario: Option<&str>, number: u32) -> Option<String> {
    let index = report.transcripts.iter().position(|one| Some(one.scenario.as_str()) == scenario);
    index.map(|index| exchange_anchor(index, number))
}

/// Where a scenario is shown.
pub(super) fn scenario_anchor(report: &Report, scenario: &str) -> Option<String> {
    let index = report.transcripts.iter().position(|one| one.scenario == scenario);
    index.map(|index| format!("s-{}", index + 1))
}

fn exchange_anchor(index: usize, number: u32) -> String {
    format!("x-{}-{number}", index + 1)
}

fn scenario<'a>(
    report: &'a Report,
    index: usize,
    line: &ScenarioLine,
    transcript: &'a Transcript,
    tokens: &Tokens<'a>,
    shown: &mut Shown<'a>,
) -> ScenarioView {
    let verdicts: Vec<_> = report.verdicts_in(Some(&transcript.scenario)).collect();
    let tones = tones(&verdicts);
    let tone_of = |number: u32| tones.get(&number).map_or("still", |outcome| tone(*outcome));
    let (passed, mut told): (Vec<_>, Vec<_>) =
        verdicts.into_iter().partition(|(_, verdict)| verdict.outcome == Outcome::Pass);
    told.sort_by_key(|(_, verdict)| std::cmp::Reverse(verdict.outcome));
    let (state, tone) = state(line.state);
    let drawn = transcript.exchanges.iter().map(|exchange| {
        (exchange, exchange_anchor(index, exchange.number), tone_of(exchange.number))
    });
    let exchanges = transcript.exchanges.iter().map(|exchange| {
        let anchor = exchange_anchor(index, exchange.number);
        let scenario = transcript.scenario.clone();
        let here = Same { anchor: anchor.clone(), number: exchange.number, scenario };
        let showing = Showing::Everything(shown, here);
        let tone = tone_of(exchange.number);
        ExchangeView::new(exchange, anchor, tone, &Marks::of(exchange), tokens, showing)
    });
    let skipped = transcript.skipped.iter();
    ScenarioView {
        anchor: format!("s-{}", index + 1),
        id: line.id.clone(),
        title: line.title.clone(),
        state,
        tone,
        ran: !transcript.exchanges.is_empty(),
        is_witness: is_witness(report, &transcript.scenario),
        why: line.why.clone(),
        numbers: numbers(line),
        skipped: skipped.map(|one| (one.tamper.clone(), one.why.clone())).collect(),
        diagram: Diagram::of(drawn),
        exchanges: exchanges.collect(),
        verdicts: told.into_iter().map(|told| verdict_line(told, index)).collect(),
        passed: passed.into_iter().map(|(_, verdict)| verdict.name.clone()).collect(),
    }
}

fn is_witness(report: &Report, scenario: &str) -> bool {
    let problems = report.problems.iter().filter(|problem| problem.outcome != Outcome::Note);
    let first = problems.filter_map(|problem| problem.places.first()?.scenario.as_deref());
    first.into_iter().any(|first| first == scenario)
}

/// The worst that any verdict says of each exchange.
fn tones(verdicts: &[(&CheckResult, &ReportedVerdict)]) -> HashMap<u32, Outcome> {
    let mut tones = HashMap::new();
    for (_, verdict) in verdicts {
        // What passes says nothing of a single exchange.
        if verdict.outcome == Outcome::Warn || verdict.outcome.is_red() {
            for number in &verdict.exchanges {
                let worst = tones.entry(*number).or_insert(verdict.outcome);
                *worst = verdict.outcome.max(*worst);
            }
        }
    }
    tones
}

fn verdict_line((result, verdict): (&CheckResult, &ReportedVerdict), index: usize) -> VerdictLine {
    let exchanges = verdict.exchanges.iter();
    VerdictLine {
        name: verdict.name.clone(),
        check: result.check,
        outcome: verdict.outcome.name(),
        tone: tone(verdict.outcome),
        expected: verdict.expected.clone(),
        actual: verdict.actual.clone(),
        because: verdict.because.clone(),
        exchanges: exchanges.map(|number| (*number, exchange_anchor(index, *number))).collect(),
    }
}

fn state(state: ScenarioState) -> (&'static str, &'static str) {
    match state {
        ScenarioState::Passed => ("passed", "good"),
        ScenarioState::Warned => ("warned", "fair"),
        ScenarioState::Failed => ("failed", "bad"),
        ScenarioState::NotApplicable => ("not applicable", "still"),
        ScenarioState::NotRun => ("not run", "still"),
    }
}

fn numbers(line: &ScenarioLine) -> String {
    let judged = counted(line.judged, "check");
    let exchanges = counted(line.exchanges, "exchange");
    format!("{judged} · {exchanges} · {} ms", line.milliseconds)
}
