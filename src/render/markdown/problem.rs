//! One problem as a block that ends an argument.

use super::escape::{block as fenced, code, prose};
use crate::report::{Known, Place, Problem, Report, Variation};

/// How many exchanges, scenarios or consequences are told by name.
const TOLD: usize = 10;

pub(super) fn block(problem: &Problem, report: &Report) -> String {
    let mut text = format!("### {}\n\n", title(problem));
    if let Some(obligation) = problem.obligation {
        text.push_str(&format!("{}{}\n\n", prose(obligation), source(problem, report)));
    }
    finding("expected", problem, problem.expected.as_deref(), &mut text);
    finding("actual", problem, problem.actual.as_deref(), &mut text);
    item("because", problem.because.as_deref().map(code), &mut text);
    item("known", problem.known.as_ref().map(Known::in_words).as_deref().map(code), &mut text);
    for place in problem.places.iter().take(1) {
        item("where", Some(seen(place)), &mut text);
    }
    let others = problem.places.iter().skip(1).filter_map(|place| place.scenario.as_deref());
    item("also in", listed(others.map(code)), &mut text);
    let otherwise = problem.otherwise.iter().map(Variation::in_words);
    item("otherwise", listed(otherwise.map(|one| code(&one))), &mut text);
    let consequences = problem.consequences.iter().map(|one| {
        let outcome = if one.outcome == problem.outcome { "" } else { one.outcome.name() };
        format!("{} {outcome}", code(&one.name)).trim_end().to_owned()
    });
    let label = if problem.name.is_some() { "hence also" } else { "checks" };
    item(label, listed(consequences), &mut text);
    let explain = problem.check.map(|check| code(&format!("vcispec explain {check}")));
    item("explain", explain, &mut text);
    text
}

fn title(problem: &Problem) -> String {
    let outcome = problem.outcome.name();
    match (&problem.name, problem.level) {
        (Some(name), Some(level)) => format!("{outcome} {} ({})", code(name), level.name()),
        (Some(name), None) => format!("{outcome} {}", code(name)),
        (None, _) => match problem.consequences.len() {
            _ if problem.is_an_older_draft => {
                format!("{outcome}: {}", problem.unmet_by_an_older_draft())
            }
            0 => format!("{outcome}: a scenario broke off"),
            1 => format!("{outcome}: 1 check could not be judged"),
            count => format!("{outcome}: {count} checks could not be judged"),
        },
    }
}

/// A link to where the obligation is written.
fn source(problem: &Problem, report: &Report) -> String {
    let result = report.results.iter().find(|result| Some(result.check) == problem.check);
    let url = result.and_then(|result| result.spec.iter().find_map(|source| source.url.as_deref()));
    url.map(|url| format!(" ([specification](<{url}>))")).unwrap_or_default()
}

/// A text of the gate is set in lines. A line break in an issuer's own words is told as one.
fn finding(label: &str, problem: &Problem, text: Option<&str>, into: &mut String) {
    match text {
        Some(lines) if problem.is_of_the_gate() && lines.contains('\n') => {
            into.push_str(&format!("- **{label}**\n\n{}", fenced(lines, "  ")));
        }
        text => item(label, text.map(code), into),
    }
}

fn item(label: &str, text: Option<String>, into: &mut String) {
    if let Some(text) = text {
        into.push_str(&format!("- **{label}** {text}\n"));
    }
}

fn seen(place: &Place) -> String {
    let scenario = match &place.scenario {
        Some(scenario) => code(scenario),
        None => "the run as a whole".to_owned(),
    };
    match listed(place.exchanges.iter().map(|sighting| code(&sighting.in_words()))) {
        Some(exchanges) => format!("{scenario}, {exchanges}"),
        None => scenario,
    }
}

/// The first few, and how many more there are.
fn listed(items: impl Iterator<Item = String>) -> Option<String> {
    let mut items: Vec<String> = items.collect();
    let more = items.len().saturating_sub(TOLD);
    items.truncate(TOLD);
    if more > 0 {
        items.push(format!("and {more} more"));
    }
    (!items.is_empty()).then(|| items.join(", "))
}
