//! Scenarios in which nothing was sent, told by their reasons.

use crate::report::{ScenarioLine, ScenarioState};

/// Whether nothing was sent for it.
pub(super) fn is_idle(line: &ScenarioLine) -> bool {
    matches!(line.state, ScenarioState::NotApplicable | ScenarioState::NotRun) || is_hindered(line)
}

/// What stood in the way of others stood in its way.
fn is_hindered(line: &ScenarioLine) -> bool {
    line.broke_off && line.exchanges == 0
}

/// Those with the same reason side by side, in the order in which the reasons first occur.
pub(super) fn by_reason<'a>(idle: &[&'a ScenarioLine]) -> Vec<Vec<&'a ScenarioLine>> {
    let mut groups: Vec<Vec<&ScenarioLine>> = Vec::new();
    for line in idle {
        let same = |group: &&mut Vec<&ScenarioLine>| {
            group.first().is_some_and(|first| first.state == line.state && first.why == line.why)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups
}

/// What kept it. What stood in the way of all is told as a problem of its own.
pub(super) fn in_words(line: &ScenarioLine) -> String {
    if is_hindered(line) {
        return "broke off: see ERROR".to_owned();
    }
    let state = match line.state {
        ScenarioState::NotApplicable => "not applicable",
        _ => "not run",
    };
    match &line.why {
        Some(why) => format!("{state}: {why}"),
        None => state.to_owned(),
    }
}
