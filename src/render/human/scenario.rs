//! One line for each scenario.

use super::page::{Ink, Page, columns};
use crate::report::{ScenarioLine, ScenarioState};

/// An id longer than this pushes its numbers to the right.
const WIDEST_ID: usize = 44;
/// From here on durations are given in seconds.
const LONG: u64 = 10_000;

pub(super) fn lines(scenarios: &[ScenarioLine], page: &mut Page) {
    let widest = scenarios.iter().map(|line| columns(&line.id)).max().unwrap_or(0);
    for line in scenarios {
        one(line, widest.min(WIDEST_ID), page);
    }
}

fn one(line: &ScenarioLine, id_width: usize, page: &mut Page) {
    let (symbol, ink) = match line.state {
        ScenarioState::Passed => ("✓", Ink::Green),
        ScenarioState::Warned => ("!", Ink::Yellow),
        ScenarioState::Failed => ("✗", Ink::Red),
        ScenarioState::NotApplicable | ScenarioState::NotRun => ("–", Ink::Dim),
    };
    let reason = match line.state {
        ScenarioState::NotApplicable => "not applicable",
        ScenarioState::NotRun => "not run",
        _ => {
            let id = format!(" {:<id_width$}", line.id);
            return page.line(&[(ink, symbol), (Ink::Bold, &id), (Ink::Normal, &numbers(line))]);
        }
    };
    let label = format!("{symbol} {:<id_width$}  ", line.id);
    let text = match &line.why {
        Some(why) => format!("{reason}: {why}"),
        None => reason.to_owned(),
    };
    page.paragraph(&label, &text, Ink::Dim);
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
