//! One line for each scenario that ran; those that did not are told by their reasons.

use crate::render::idle::{by_reason, in_words, is_idle};
use crate::render::page::{Ink, Page, columns};
use crate::report::{ScenarioLine, ScenarioState};

/// An id longer than this pushes its numbers to the right.
const WIDEST_ID: usize = 44;
/// From here on durations are given in seconds.
const LONG: u64 = 10_000;

pub(super) fn lines(scenarios: &[ScenarioLine], page: &mut Page) {
    let (idle, ran): (Vec<_>, Vec<_>) = scenarios.iter().partition(|line| is_idle(line));
    let groups = by_reason(&idle);
    let alone = groups.iter().filter(|group| group.len() == 1).filter_map(|group| group.first());
    let widest = ran.iter().chain(alone).map(|line| columns(&line.id)).max().unwrap_or(0);
    for line in ran {
        one(line, widest.min(WIDEST_ID), page);
    }
    for group in groups {
        match group.as_slice() {
            [line] => one(line, widest.min(WIDEST_ID), page),
            lines => together(lines, widest.min(WIDEST_ID), page),
        }
    }
}

fn together(lines: &[&ScenarioLine], id_width: usize, page: &mut Page) {
    let Some(first) = lines.first() else { return };
    let (symbol, ink) = symbol(first);
    let label = format!("{symbol} {:<id_width$}  ", format!("{} scenarios", lines.len()));
    page.paragraph(&label, &in_words(first), ink);
}

fn one(line: &ScenarioLine, id_width: usize, page: &mut Page) {
    let (symbol, ink) = symbol(line);
    if !is_idle(line) {
        let id = format!(" {:<id_width$}", line.id);
        return page.line(&[(ink, symbol), (Ink::Bold, &id), (Ink::Normal, &numbers(line))]);
    }
    let label = format!("{symbol} {:<id_width$}  ", line.id);
    page.paragraph(&label, &in_words(line), ink);
}

fn symbol(line: &ScenarioLine) -> (&'static str, Ink) {
    match line.state {
        ScenarioState::Passed => ("✓", Ink::Green),
        ScenarioState::Warned => ("!", Ink::Yellow),
        ScenarioState::Failed => ("✗", Ink::Red),
        ScenarioState::NotApplicable | ScenarioState::NotRun => ("–", Ink::Dim),
    }
}

fn numbers(line: &ScenarioLine) -> String {
    let judged = right(line.judged, "check");
    let exchanges = right(line.exchanges, "exchange");
    let took = match line.milliseconds {
        LONG.. => format!("{:>5}.{} s", line.milliseconds / 1000, line.milliseconds % 1000 / 100),
        milliseconds => format!("{milliseconds:>6} ms"),
    };
    let numbers = format!("  {judged}  {exchanges}  {took}");
    numbers.trim_end().to_owned()
}

/// A number to the right, its noun to the left, as wide as the plural.
fn right(count: usize, noun: &str) -> String {
    let plural = if count == 1 { ' ' } else { 's' };
    format!("{count:>3} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_durations_are_told_in_seconds_and_still_align() {
        let line = |milliseconds| ScenarioLine {
            id: "one-offer/everything".into(),
            title: String::new(),
            state: ScenarioState::Passed,
            why: None,
            broke_off: false,
            judged: 1,
            exchanges: 12,
            milliseconds,
        };
        assert_eq!(numbers(&line(9_999)), "    1 check    12 exchanges    9999 ms");
        assert_eq!(numbers(&line(12_345)), "    1 check    12 exchanges     12.3 s");
    }
}
