//! The end of the report: why the process does not exit with 0, and one line of the same shape
//! every time.

use crate::checks::Outcome;
use crate::render::page::{Ink, Page};
use crate::report::{Compared, Report, Totals, counted};

pub(super) fn lines(report: &Report, page: &mut Page) {
    if let Some(snapshot) = &report.snapshot {
        page.paragraph("snapshot: ", &against(snapshot), Ink::Normal);
    }
    let exit = &report.exit;
    if !exit.reasons.is_empty() {
        let label = format!("exit {}: ", exit.status.code());
        page.paragraph(&label, &exit.reasons.join(", "), Ink::Normal);
    }
    let totals = &report.totals;
    let mut spans = vec![(Ink::Normal, format!("{}: ", counted(totals.checks, "check")))];
    let counts = totals.in_order().into_iter();
    let counts = counts.filter(|(outcome, count)| *count > 0 || is_always_told(*outcome));
    for (index, (outcome, count)) in counts.enumerate() {
        if index > 0 {
            spans.push((Ink::Dim, " · ".to_owned()));
        }
        let ink = if count > 0 { ink(outcome) } else { Ink::Dim };
        spans.push((ink, format!("{count} {}", outcome.name().to_lowercase())));
    }
    spans.push((Ink::Dim, not_run_reason(totals)));
    let spans: Vec<(Ink, &str)> = spans.iter().map(|(ink, text)| (*ink, text.as_str())).collect();
    page.line(&spans);
}

/// How much of the snapshot could be compared, and what came of it.
fn against(snapshot: &Compared) -> String {
    if snapshot.compared == 0 {
        return format!("nothing could be compared · {}", snapshot.file);
    }
    let came = match snapshot.drifted {
        0 => "no drift".to_owned(),
        drifted => counted(drifted, "change"),
    };
    let scenarios = counted(snapshot.recorded, "scenario");
    format!("{came} in {} of {scenarios} · {}", snapshot.compared, snapshot.file)
}

/// The line has the same shape every time: these are told even when there is none of them.
fn is_always_told(outcome: Outcome) -> bool {
    use Outcome::{Fail, NotApplicable, NotRun, Pass, Warn};
    matches!(outcome, Pass | Fail | Warn | NotApplicable | NotRun)
}

fn ink(outcome: Outcome) -> Ink {
    match outcome {
        Outcome::Pass => Ink::Green,
        Outcome::Warn => Ink::Yellow,
        outcome if outcome.is_red() => Ink::Red,
        _ => Ink::Normal,
    }
}

fn not_run_reason(totals: &Totals) -> String {
    match totals.not_run_reasons.as_slice() {
        [] => String::new(),
        [only] => format!(" ({})", only.why),
        [first, others @ ..] => {
            format!(" ({}, and {})", first.why, counted(others.len(), "other reason"))
        }
    }
}
