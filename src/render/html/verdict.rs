//! The first thing that is read: the verdict in a sentence, and what it rests on.

use serde::Serialize;

use crate::report::{Detected, ExitStatus, NotRunReason, Report, Totals, counted};

/// The first screen.
#[derive(Debug, Serialize)]
pub(super) struct Verdict {
    sentence: String,
    tone: &'static str,
    /// What else is to be said, a sentence each.
    further: Vec<String>,
    counts: Vec<Count>,
    facts: Vec<(&'static str, String)>,
    not_run: Vec<NotRunReason>,
    relaxations: Vec<String>,
    speaks: Option<String>,
    /// What of the profiles is not judged, and profiles that are not judged at all.
    profiles: Vec<String>,
}

/// How many checks came to one outcome.
#[derive(Debug, Serialize)]
pub(super) struct Count {
    pub(super) count: usize,
    pub(super) name: &'static str,
    pub(super) tone: &'static str,
}

impl Verdict {
    pub(super) fn of(report: &Report) -> Self {
        let totals = &report.totals;
        let mut further = Vec::new();
        if report.exit.status.code() != 0 {
            let reasons = report.exit.reasons.join(", ");
            further.push(format!("Exit status {}: {reasons}.", report.exit.status.code()));
        }
        further.push("This is the result of a test, not a certification.".to_owned());
        Self {
            sentence: report.sentence.clone(),
            tone: tone(report),
            further,
            counts: counts(totals),
            facts: facts(report),
            not_run: totals.not_run_reasons.clone(),
            relaxations: report.provenance.relaxations.clone(),
            speaks: report.speaks.clone(),
            profiles: profiles(report),
        }
    }
}

fn profiles(report: &Report) -> Vec<String> {
    let silences = report.provenance.not_judged.iter().map(|silence| (*silence).to_owned());
    silences.chain(report.detected.iter().filter_map(Detected::remark)).collect()
}

/// The colour of the verdict. Green is for a run in which nobody has anything to do.
fn tone(report: &Report) -> &'static str {
    match report.exit.status {
        ExitStatus::Green if report.totals.warn > 0 => "fair",
        ExitStatus::Green => "good",
        ExitStatus::Red | ExitStatus::Usage | ExitStatus::Error => "bad",
    }
}

/// What there is any of, the worst first.
fn counts(totals: &Totals) -> Vec<Count> {
    let counts = [
        (totals.fail, "fail", "bad"),
        (totals.error, "error", "bad"),
        (totals.not_testable, "not testable", "bad"),
        (totals.inconclusive, "inconclusive", "bad"),
        (totals.stale, "stale", "bad"),
        (totals.drift, "drift", "bad"),
        (totals.warn, "warn", "fair"),
        (totals.known, "known", "still"),
        (totals.note, "note", "still"),
        (totals.pass, "pass", "good"),
        (totals.not_applicable, "not applicable", "still"),
        (totals.not_run, "not run", "still"),
    ];
    let some = counts.into_iter().filter(|(count, ..)| *count > 0);
    some.map(|(count, name, tone)| Count { count, name, tone }).collect()
}

fn facts(report: &Report) -> Vec<(&'static str, String)> {
    let from = &report.provenance;
    let offers = match report.offers_given {
        true => {
            format!("{} from {}", counted(report.offers_used, "fresh offer"), from.offer_source)
        }
        false => "none".to_owned(),
    };
    let time = |at: jiff::Timestamp| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    vec![
        ("Date", time(from.finished_at)),
        ("Profile", from.profiles_in_words()),
        ("Judged by", from.specifications.join(", ")),
        ("Version", format!("vcispec {}, commit {}", from.version, from.commit)),
        ("Offers", offers),
        ("Client", from.client_id.clone().unwrap_or_else(|| "anonymous".to_owned())),
        ("Run", from.run_id.clone()),
        ("Policy digest", from.policy_digest.clone()),
    ]
}
