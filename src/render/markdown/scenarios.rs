//! The scenarios, folded: those that ran in a table, the others by their reasons.

use super::escape::{cell, code};
use crate::render::idle::{by_reason, in_words, is_idle};
use crate::report::{ScenarioLine, ScenarioState};

pub(super) fn folded(scenarios: &[ScenarioLine]) -> String {
    let (idle, ran): (Vec<_>, Vec<_>) = scenarios.iter().partition(|line| is_idle(line));
    let mut text = String::new();
    if !ran.is_empty() {
        text.push_str("| | scenario | checks | exchanges | ms |\n|---|---|---:|---:|---:|\n");
        text.extend(ran.iter().map(|line| row(line)));
        text.push('\n');
    }
    for group in by_reason(&idle) {
        let Some(first) = group.first() else { continue };
        let ids: Vec<String> = group.iter().map(|line| code(&line.id)).collect();
        text.push_str(&format!("- {}: {}\n", ids.join(", "), code(&in_words(first))));
    }
    let summary = format!("{} ran, {} did not", ran.len(), idle.len());
    format!(
        "## Scenarios\n\n<details>\n<summary>{summary}</summary>\n\n{}\n\n</details>\n",
        text.trim_end()
    )
}

fn row(line: &ScenarioLine) -> String {
    let state = match line.state {
        ScenarioState::Passed => "passed",
        ScenarioState::Warned => "warned",
        ScenarioState::Failed => "**failed**",
        ScenarioState::NotApplicable | ScenarioState::NotRun => "",
    };
    let ScenarioLine { judged, exchanges, milliseconds, .. } = line;
    format!("| {state} | {} | {judged} | {exchanges} | {milliseconds} |\n", cell(&line.id))
}
