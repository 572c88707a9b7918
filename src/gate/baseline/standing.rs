//! How an entry stands to a run: whether what it knows of still fails.

use super::{Baseline, Entry, whole};
use crate::checks::Outcome;
use crate::report::{CheckResult, Report, ReportedVerdict};

/// A verdict with its check.
pub(super) type Told<'a> = (&'a CheckResult, &'a ReportedVerdict);

/// How an entry stands to a run.
pub(super) enum Standing<'a> {
    /// Something that it covers fails, as it says.
    Fails(Vec<Told<'a>>),
    /// All that it covers was judged, and nothing fails.
    Passes(Vec<Told<'a>>),
    /// All that it covers belongs to entries that stand before it; this is the first of them.
    Shadowed(&'a Entry),
    /// Nothing that it covers was judged, or not all of it, or the issuer could not be reached.
    Undecided,
}

impl<'a> Standing<'a> {
    /// How an entry of the baseline stands to the run of the report.
    pub(super) fn of(entry: &'a Entry, baseline: &'a Baseline, report: &'a Report) -> Self {
        let covered = covered(entry, report);
        let is_own = |(result, verdict): &&Told<'a>| {
            baseline.first(result, verdict).is_some_and(|first| std::ptr::eq(first, entry))
        };
        let own: Vec<Told<'a>> = covered.iter().filter(is_own).copied().collect();
        let failing: Vec<Told<'a>> =
            own.iter().copied().filter(|(_, verdict)| may_be_known(verdict.judged())).collect();
        if !failing.is_empty() {
            return Self::Fails(failing);
        }
        let is_open =
            |(_, verdict): &Told<'a>| matches!(verdict.judged(), Outcome::NotRun | Outcome::Error);
        if covered.iter().any(is_open) || leaves_out(entry, baseline, report) {
            return Self::Undecided;
        }
        let shadow = covered.first().and_then(|(result, verdict)| baseline.first(result, verdict));
        if let (true, Some(shadow)) = (own.is_empty(), shadow) {
            return Self::Shadowed(shadow);
        }
        let passing: Vec<Told<'a>> =
            own.into_iter().filter(|(_, verdict)| verdict.is_judged()).collect();
        if passing.is_empty() { Self::Undecided } else { Self::Passes(passing) }
    }
}

/// What a baseline can let pass: whatever was found, and what could not be judged for lack of
/// evidence, which is what one failure often does to other checks. Never that the issuer could
/// not be reached: then there is nothing to know.
pub(super) fn may_be_known(judged: Outcome) -> bool {
    matches!(judged, Outcome::Warn | Outcome::Fail | Outcome::NotTestable | Outcome::Inconclusive)
}

fn covered<'a>(entry: &'a Entry, report: &'a Report) -> Vec<Told<'a>> {
    let told = report.results.iter().flat_map(|result| {
        let verdicts = result.verdicts.iter();
        verdicts.map(move |verdict| (result, verdict))
    });
    told.filter(|(result, verdict)| entry.covers_verdict(result, verdict)).collect()
}

/// Whether some scenario that is there to exercise what the entry covers is no part of this run.
fn leaves_out(entry: &Entry, baseline: &Baseline, report: &Report) -> bool {
    let was_run = |id: &str| report.scenarios.iter().any(|line| whole(&line.id) == id);
    let exercises = |aims: &[String]| {
        report.results.iter().any(|result| {
            let ids: Vec<&str> =
                std::iter::once(result.check).chain(result.aliases.iter().copied()).collect();
            entry.covers_check(&ids) && aims.iter().any(|aim| ids.contains(&aim.as_str()))
        })
    };
    baseline
        .suite
        .iter()
        .any(|(id, aims)| entry.covers_scenario(id) && !was_run(id) && exercises(aims))
}
