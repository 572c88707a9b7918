//! Two runs side by side, for a person: what is new and red first, then what changed for the
//! better, then what is no longer seen, then what the issuer says of itself.

use serde_json::Value;

use super::human::Style;
use super::page::{Ink, Page};
use crate::checks::Outcome;
use crate::gate::{Change, Diff, DocumentDiff};
use crate::report::Recorded;

/// How many scenarios of a change are told by name.
const TOLD: usize = 3;
/// The longest value of a member that is told whole, in characters.
const LONGEST: usize = 160;

/// The comparison as text, with a newline at the end. What comes from an issuer cannot reach the
/// terminal as a control character.
pub fn diff(diff: &Diff, old: &Recorded, new: &Recorded, style: Style) -> String {
    let mut page = Page::new(style);
    for (sign, ink, recorded) in [("--- ", Ink::Red, old), ("+++ ", Ink::Green, new)] {
        let from = &recorded.provenance;
        let text = format!("{} · run {}", from.credential_issuer, from.run_id);
        page.line(&[(ink, sign), (Ink::Normal, &text)]);
    }
    for one in &diff.circumstances {
        page.paragraph("! ", &format!("{}: {} → {}", one.what, one.old, one.new), Ink::Yellow);
    }
    if let Some(why) = other_rules(diff) {
        page.paragraph("! ", why, Ink::Yellow);
    }
    section("new failures", "✗", Ink::Red, &diff.new_failures, &mut page);
    still_failing(&diff.still_failing, &mut page);
    section("new warnings", "!", Ink::Yellow, &diff.new_warnings, &mut page);
    section("newly known", "~", Ink::Normal, &diff.newly_known, &mut page);
    section("fixed", "✓", Ink::Green, &diff.fixed, &mut page);
    section("no longer judged", "–", Ink::Yellow, &diff.no_longer_judged, &mut page);
    section("newly judged", "+", Ink::Green, &diff.newly_judged, &mut page);
    for document in &diff.metadata {
        metadata(document, &mut page);
    }
    page.blank();
    if diff.is_empty() {
        page.line(&[(Ink::Normal, "nothing changed")]);
    }
    summary(diff, &mut page);
    page.into_text()
}

/// A difference may be one of the rules and not of the issuer.
fn other_rules(diff: &Diff) -> Option<&'static str> {
    let is_rule = |what: &str| matches!(what, "version" | "profile" | "edition" | "policy");
    let ruled_otherwise = diff.circumstances.iter().any(|one| is_rule(one.what));
    ruled_otherwise.then_some("the runs were not judged by the same rules")
}

fn section(title: &str, symbol: &str, ink: Ink, changes: &[Change], page: &mut Page) {
    if changes.is_empty() {
        return;
    }
    page.blank();
    page.line(&[(Ink::Bold, title)]);
    for change in changes {
        one(symbol, ink, change, page);
    }
}

/// Old failures, by name only: the report of the run has the rest.
fn still_failing(changes: &[Change], page: &mut Page) {
    if changes.is_empty() {
        return;
    }
    page.blank();
    page.line(&[(Ink::Bold, "still failing")]);
    for change in changes {
        let scenarios = scenarios(&change.scenarios);
        page.paragraph("  ", &format!("{}  {scenarios}", change.name), Ink::Dim);
    }
}

fn one(symbol: &str, ink: Ink, change: &Change, page: &mut Page) {
    let name = |outcome: Option<Outcome>| match outcome {
        Some(outcome) => outcome.name(),
        None => "absent",
    };
    let step = format!("  {} → {}", name(change.was), name(change.is));
    page.line(&[(ink, symbol), (Ink::Normal, " "), (Ink::Bold, &change.name), (Ink::Dim, &step)]);
    let scenarios = scenarios(&change.scenarios);
    // What was found may be what the old run found, where the new one found nothing.
    let is_over = change.is.is_none_or(|is| is < Outcome::Known);
    let lines = [
        ("where", (!scenarios.is_empty()).then_some(scenarios.as_str())),
        ("obligation", change.obligation.as_deref()),
        ("expected", change.expected.as_deref().filter(|_| !is_over)),
        (if is_over { "was" } else { "actual" }, change.actual.as_deref()),
        ("because", change.because.as_deref()),
    ];
    for (label, text) in lines {
        if let Some(text) = text {
            page.paragraph(&format!("    {label:<10}  "), text, Ink::Normal);
        }
    }
}

fn scenarios(all: &[String]) -> String {
    let mut names: Vec<&str> = all.iter().take(TOLD).map(String::as_str).collect();
    let more = format!("and {} more", all.len().saturating_sub(TOLD));
    if all.len() > TOLD {
        names.push(&more);
    }
    names.join(", ")
}

fn metadata(document: &DocumentDiff, page: &mut Page) {
    page.blank();
    let title = format!("changed {}  ", document.station.name().replace('_', " "));
    page.line(&[(Ink::Bold, &title), (Ink::Dim, &document.url)]);
    for change in &document.changes {
        if let Some(old) = &change.old {
            page.line(&[(Ink::Red, &format!("- {}  {}", change.pointer, short(old)))]);
        }
        if let Some(new) = &change.new {
            page.line(&[(Ink::Green, &format!("+ {}  {}", change.pointer, short(new)))]);
        }
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn summary(diff: &Diff, page: &mut Page) {
    let members: usize = diff.metadata.iter().map(|document| document.changes.len()).sum();
    let counts = [
        (diff.new_failures.len(), "newly failing", Ink::Red),
        (diff.still_failing.len(), "still failing", Ink::Red),
        (diff.fixed.len(), "fixed", Ink::Green),
        (diff.new_warnings.len(), "newly warned", Ink::Yellow),
        (diff.newly_known.len(), "newly known", Ink::Normal),
        (diff.no_longer_judged.len(), "no longer judged", Ink::Yellow),
        (diff.newly_judged.len(), "newly judged", Ink::Normal),
        (members, "changed in metadata", Ink::Normal),
    ];
    if !diff.exit.reasons.is_empty() {
        let label = format!("exit {}: ", diff.exit.status.code());
        page.paragraph(&label, &diff.exit.reasons.join("; "), Ink::Normal);
    }
    let mut spans: Vec<(Ink, String)> = Vec::new();
    for (index, (count, what, ink)) in counts.into_iter().enumerate() {
        if index > 0 {
            spans.push((Ink::Dim, " · ".to_owned()));
        }
        spans.push((if count > 0 { ink } else { Ink::Dim }, format!("{count} {what}")));
    }
    let spans: Vec<(Ink, &str)> = spans.iter().map(|(ink, text)| (*ink, text.as_str())).collect();
    page.line(&spans);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Judgement;
    use crate::render::tests::assert_looks;
    use crate::report::staging::{judgement, report, report_of, run};
    use crate::transcript::{Body, Received, Run, Station};

    fn published(run: &mut Run, metadata: &str) {
        let transcript = &mut run.transcripts[0];
        let mut exchange = transcript.exchanges[0].clone();
        exchange.station = Station::IssuerMetadata;
        exchange.request.url = "https://issuer.example/.well-known/openid-credential-issuer".into();
        if let Received::Answer(answer) = &mut exchange.received {
            answer.body = Body::from(metadata);
        }
        transcript.exchanges.push(exchange);
    }

    #[test]
    fn a_person_reads_what_changed() {
        let (mut before, mut after) = (run(), run());
        published(&mut before, r#"{"nonce_endpoint":"https://h/nonce","batch":{"batch_size":5}}"#);
        published(&mut after, r#"{"batch":{"batch_size":10},"display":["\u001b[2J"]}"#);
        let mut verdicts = judgement().verdicts;
        for verdict in &mut verdicts {
            verdict.outcome = match verdict.check {
                "http/never-answers-5xx" => Outcome::Fail,
                "token/redeems-a-code-once" => Outcome::Pass,
                "credential/omits-old-members" => Outcome::NotApplicable,
                _ => verdict.outcome,
            };
        }
        let recorded =
            |report| Recorded::of(&report).unwrap_or_else(|error| unreachable!("{error}"));
        let old = recorded(report_of(&before, &judgement()));
        let new = recorded(report_of(&after, &Judgement { verdicts }));
        let difference = crate::gate::diff(&old, &new, true);
        assert_looks("diff", &diff(&difference, &old, &new, Style::default()));
    }

    #[test]
    fn nothing_is_said_in_one_line() {
        let same = Recorded::of(&report()).unwrap_or_else(|error| unreachable!("{error}"));
        let difference = crate::gate::diff(&same, &same, true);
        let text = diff(&difference, &same, &same, Style::default());
        assert!(text.contains("\nnothing changed\n"), "{text}");
    }
}
