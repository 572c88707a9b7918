//! All checks, one row each, to be searched.

use serde::Serialize;

use super::scenario::scenario_anchor;
use super::tone::tone;
use crate::checks::Outcome;
use crate::report::{CheckResult, Report, Source, counted};

/// How many scenarios a row names.
const TOLD: usize = 6;

/// A check on the page.
#[derive(Debug, Serialize)]
pub(super) struct CheckRow {
    check: &'static str,
    title: &'static str,
    obligation: &'static str,
    level: &'static str,
    since: &'static str,
    outcome: &'static str,
    tone: &'static str,
    because: Option<String>,
    spec: Vec<Source>,
    requirements: Vec<&'static str>,
    /// `PASS in 12 scenarios`, and the first of them with their anchors.
    verdicts: Vec<Group>,
}

/// The scenarios in which a check came to the same outcome.
#[derive(Debug, Serialize)]
struct Group {
    says: String,
    scenarios: Vec<(String, String)>,
    more: usize,
}

pub(super) fn rows(report: &Report) -> Vec<CheckRow> {
    report.results.iter().map(|result| row(report, result)).collect()
}

fn row(report: &Report, result: &CheckResult) -> CheckRow {
    CheckRow {
        check: result.check,
        title: result.title,
        obligation: result.obligation,
        level: result.level.name(),
        since: result.since,
        outcome: result.outcome.name(),
        tone: tone(result.outcome),
        because: result.because.clone(),
        spec: result.spec.clone(),
        requirements: result.requirements.clone(),
        verdicts: groups(report, result),
    }
}

/// The worst outcome first.
fn groups(report: &Report, result: &CheckResult) -> Vec<Group> {
    let mut outcomes: Vec<Outcome> =
        result.verdicts.iter().map(|verdict| verdict.outcome).collect();
    outcomes.sort_unstable_by(|one, other| other.cmp(one));
    outcomes.dedup();
    outcomes.into_iter().map(|outcome| group(report, result, outcome)).collect()
}

fn group(report: &Report, result: &CheckResult, outcome: Outcome) -> Group {
    let verdicts = result.verdicts.iter().filter(|verdict| verdict.outcome == outcome);
    let mut names: Vec<&str> = verdicts.filter_map(|verdict| verdict.scenario.as_deref()).collect();
    names.dedup();
    let place = match names.len() {
        0 => "the run as a whole".to_owned(),
        count => counted(count, "scenario"),
    };
    let linked = names
        .iter()
        .take(TOLD)
        .filter_map(|name| Some(((*name).to_owned(), scenario_anchor(report, name)?)));
    Group {
        says: format!("{} in {place}", outcome.name()),
        scenarios: linked.collect(),
        more: names.len().saturating_sub(TOLD),
    }
}
