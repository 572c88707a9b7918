//! A report held against the baseline: what is known is let pass, and what is no longer so is
//! red.

use jiff::civil::Date;

use super::standing::{Standing, may_be_known};
use super::{Baseline, Entry, stale};
use crate::report::Report;

/// The report with every failure and warning that an entry covers made KNOWN, and a STALE for
/// each entry that passes, has expired, or never gets to match. `today` is the day of the run.
pub fn reconcile(report: Report, baseline: &Baseline, today: Date) -> Report {
    let report = report.with_known(|result, verdict| {
        let entry = baseline.first(result, verdict)?;
        let judged = verdict.judged();
        (may_be_known(judged) && !entry.has_expired(today)).then(|| entry.known(judged))
    });
    let findings: Vec<_> = baseline
        .entries
        .iter()
        .filter_map(|entry| stale::finding(entry, baseline, &report, today))
        .collect();
    report.with_findings(findings)
}

/// The entries of which this run cannot tell whether they still hold, because what they cover was
/// not run or does not concern the issuer, or was run only in part.
pub fn undecided<'a>(report: &Report, baseline: &'a Baseline) -> Vec<&'a Entry> {
    let is_undecided =
        |entry: &&Entry| matches!(Standing::of(entry, baseline, report), Standing::Undecided);
    baseline.entries.iter().filter(is_undecided).collect()
}

#[cfg(test)]
mod tests;
