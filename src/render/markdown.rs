//! The report as GitHub Flavored Markdown, for the summary of a pipeline or a comment on a merge
//! request. Its sections always come in the same order; those with nothing to tell are left out.

mod escape;
mod problem;
mod scenarios;
mod sheet;
#[cfg(test)]
#[expect(clippy::panic, reason = "a test may stop")]
mod tests;

use self::escape::{code, prose};
use self::sheet::Sheet;
use crate::checks::Outcome;
use crate::report::{Detected, Problem, Report};

/// A step summary on GitHub holds 1 MiB, and others may write to it too. In bytes.
const LARGEST: usize = 900_000;

/// The report as Markdown, at most 900 kB of it: what is left out is said.
pub fn markdown(report: &Report) -> String {
    within(LARGEST, report)
}

fn within(room: usize, report: &Report) -> String {
    let mut sheet = Sheet::new(room);
    sheet.put(&verdict(report));
    sheet.put(&totals(report));
    let is_red = |problem: &Problem| report.is_red(problem);
    section("What fails", report, is_red, &mut sheet);
    section("Known", report, |problem| problem.outcome == Outcome::Known, &mut sheet);
    let is_mild = |problem: &Problem| problem.outcome == Outcome::Warn && !is_red(problem);
    section("Warnings", report, is_mild, &mut sheet);
    sheet.put(&migration(report));
    sheet.put(&not_run(report));
    sheet.put(&scenarios::folded(&report.scenarios));
    sheet.finish(&provenance(report))
}

fn verdict(report: &Report) -> String {
    let mut text = format!("## {}\n", prose(&report.sentence));
    if let Some(warning) = report.warning {
        text.push_str(&format!("\n> **This report {}.**\n", prose(warning)));
    }
    text.push_str(&format!(
        "\n{} was held to {}, profile {}.\n",
        code(&report.provenance.credential_issuer),
        prose(&report.provenance.base()),
        prose(&report.provenance.profiles_in_words()),
    ));
    let speaks = report.speaks.iter().map(|speaks| format!("this issuer {speaks}"));
    let silences = report.provenance.not_judged.iter().map(|silence| (*silence).to_owned());
    let detected = report.detected.iter().filter_map(Detected::remark);
    for remark in
        silences.chain(speaks).chain(detected).chain(report.provenance.relaxations.iter().cloned())
    {
        text.push_str(&format!("\n> {}\n", code(&remark)));
    }
    text
}

/// What an issuer of an older draft would need.
fn migration(report: &Report) -> String {
    let Some(migration) = report.migration.as_ref().filter(|one| !one.steps.is_empty()) else {
        return String::new();
    };
    let steps = migration.steps.iter();
    let steps = steps.map(|step| format!("1. {} {}\n", code(&step.name), prose(step.wants)));
    format!("## To 1.0 Final\n\n{}\n", steps.collect::<String>())
}

/// Only numbers and words of our own: nothing that could break a table.
fn totals(report: &Report) -> String {
    let counts = report.totals.in_order().into_iter().filter(|(_, count)| *count > 0);
    let (names, counts): (Vec<String>, Vec<String>) = counts
        .map(|(outcome, count)| (outcome.name().to_lowercase(), count.to_string()))
        .chain([("checks".to_owned(), report.totals.checks.to_string())])
        .unzip();
    let rule = vec!["---:"; names.len()].join(" | ");
    format!("| {} |\n| {rule} |\n| {} |\n", names.join(" | "), counts.join(" | "))
}

/// The problems of one sort, the worst first.
fn section(title: &str, report: &Report, of: impl Fn(&Problem) -> bool, sheet: &mut Sheet) {
    let mut problems: Vec<&Problem> = report.problems.iter().filter(|one| of(one)).collect();
    problems.sort_by_key(|problem| std::cmp::Reverse(problem.outcome));
    for (index, one) in problems.into_iter().enumerate() {
        let block = problem::block(one, report);
        match index {
            0 => sheet.put(&format!("## {title}\n\n{block}")),
            _ => sheet.put(&block),
        }
    }
}

fn not_run(report: &Report) -> String {
    let reasons = report.totals.not_run_reasons.iter();
    let lines: String =
        reasons.map(|reason| format!("- {} × {}\n", reason.checks, code(&reason.why))).collect();
    if lines.is_empty() { lines } else { format!("## Not run\n\n{lines}") }
}

fn provenance(report: &Report) -> String {
    let from = &report.provenance;
    let offers = match report.offers_given {
        true => format!("{} from {}", report.offers_used, from.offer_source),
        false => "none".to_owned(),
    };
    let exit = match report.exit.reasons.as_slice() {
        [] => report.exit.status.code().to_string(),
        reasons => format!("{}: {}", report.exit.status.code(), reasons.join(", ")),
    };
    let lines = [
        ("exit", exit),
        ("vcispec", format!("{} ({})", from.version, from.commit)),
        ("specifications", from.specifications.join(", ")),
        ("policy", from.policy_digest.clone()),
        ("client", from.client_id.clone().unwrap_or_else(|| "anonymous".to_owned())),
        ("offers", offers),
        ("run", from.run_id.clone()),
        ("finished", from.finished_at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()),
        ("secrets", report.redaction.to_string()),
    ];
    let lines = lines.iter().map(|(label, text)| format!("- {label}: {}\n", code(text)));
    format!("## Provenance\n\n{}", lines.collect::<String>())
}
