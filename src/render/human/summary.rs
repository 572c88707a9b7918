//! The end of the report: why the process does not exit with 0, and one line of the same shape
//! every time.

use super::counted;
use crate::render::page::{Ink, Page};
use crate::report::{Compared, Report, Totals};

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
    let counts = counts(totals).into_iter().filter(|(count, _, _, always)| *always || *count > 0);
    for (index, (count, name, ink, _)) in counts.enumerate() {
        if index > 0 {
            spans.push((Ink::Dim, " · ".to_owned()));
        }
        let ink = if count > 0 { ink } else { Ink::Dim };
        spans.push((ink, format!("{count} {name}")));
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

/// Count, name, ink, and whether it is told even when it is zero.
fn counts(totals: &Totals) -> [(usize, &'static str, Ink, bool); 12] {
    [
        (totals.pass, "pass", Ink::Green, true),
        (totals.fail, "fail", Ink::Red, true),
        (totals.error, "error", Ink::Red, false),
        (totals.not_testable, "not testable", Ink::Red, false),
        (totals.inconclusive, "inconclusive", Ink::Red, false),
        (totals.stale, "stale", Ink::Red, false),
        (totals.drift, "drift", Ink::Red, false),
        (totals.warn, "warn", Ink::Yellow, true),
        (totals.known, "known", Ink::Normal, false),
        (totals.note, "note", Ink::Normal, false),
        (totals.not_applicable, "not applicable", Ink::Normal, true),
        (totals.not_run, "not run", Ink::Normal, true),
    ]
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
