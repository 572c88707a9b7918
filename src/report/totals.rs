//! How many checks came to which outcome.

use schemars::JsonSchema;
use serde::Serialize;

use super::chosen::is_chosen;
use super::{CheckResult, Problem};
use crate::checks::Outcome;

/// The counts, and what kept checks from being run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Totals {
    /// All checks: the sum of the others, but for DRIFT and STALE, which are not about checks.
    pub checks: usize,
    /// PASS.
    pub pass: usize,
    /// FAIL.
    pub fail: usize,
    /// WARN.
    pub warn: usize,
    /// KNOWN.
    pub known: usize,
    /// DRIFT: places that differ from the recorded snapshot. Not a count of checks.
    pub drift: usize,
    /// STALE: entries of the baseline that no longer hold. Not a count of checks.
    pub stale: usize,
    /// NOTE.
    pub note: usize,
    /// ERROR.
    pub error: usize,
    /// NOT TESTABLE.
    pub not_testable: usize,
    /// INCONCLUSIVE.
    pub inconclusive: usize,
    /// NOT APPLICABLE.
    pub not_applicable: usize,
    /// NOT RUN.
    pub not_run: usize,
    /// Why, the most frequent reason first.
    pub not_run_reasons: Vec<NotRunReason>,
}

/// A reason for not running, and how many checks it kept from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NotRunReason {
    /// The reason in words.
    pub why: String,
    /// How many checks.
    pub checks: usize,
    /// Whether the user chose it: `--include`, `--exclude` or the target. `--require-complete`
    /// does not count these.
    pub chosen: bool,
}

impl Totals {
    pub(super) fn of(results: &[CheckResult], findings: &[Problem]) -> Self {
        let mut totals = Self::default();
        for result in results {
            totals.checks += 1;
            *totals.count(result.outcome) += 1;
            if result.outcome == Outcome::NotRun {
                totals.not_run_because(result.because.as_deref().unwrap_or_default());
            }
        }
        for finding in findings {
            *totals.count(finding.outcome) += 1;
        }
        totals.not_run_reasons.sort_by_key(|reason| std::cmp::Reverse(reason.checks));
        totals
    }

    /// Every count, in the order in which a summary tells them.
    pub fn in_order(&self) -> [(Outcome, usize); 12] {
        [
            (Outcome::Pass, self.pass),
            (Outcome::Fail, self.fail),
            (Outcome::Error, self.error),
            (Outcome::NotTestable, self.not_testable),
            (Outcome::Inconclusive, self.inconclusive),
            (Outcome::Stale, self.stale),
            (Outcome::Drift, self.drift),
            (Outcome::Warn, self.warn),
            (Outcome::Known, self.known),
            (Outcome::Note, self.note),
            (Outcome::NotApplicable, self.not_applicable),
            (Outcome::NotRun, self.not_run),
        ]
    }

    /// How many checks were not run though the user did not choose so.
    pub fn missed(&self) -> usize {
        let reasons = self.not_run_reasons.iter();
        reasons.filter(|reason| !reason.chosen).map(|reason| reason.checks).sum()
    }

    /// How many checks weighed their obligation.
    pub fn judged(&self) -> usize {
        self.pass + self.fail + self.warn + self.known + self.note
    }

    fn count(&mut self, outcome: Outcome) -> &mut usize {
        match outcome {
            Outcome::Pass => &mut self.pass,
            Outcome::Fail => &mut self.fail,
            Outcome::Known => &mut self.known,
            Outcome::Warn => &mut self.warn,
            Outcome::Drift => &mut self.drift,
            Outcome::Stale => &mut self.stale,
            Outcome::Note => &mut self.note,
            Outcome::Error => &mut self.error,
            Outcome::NotTestable => &mut self.not_testable,
            Outcome::Inconclusive => &mut self.inconclusive,
            Outcome::NotApplicable => &mut self.not_applicable,
            Outcome::NotRun => &mut self.not_run,
        }
    }

    fn not_run_because(&mut self, why: &str) {
        let known = self.not_run_reasons.iter_mut().find(|reason| reason.why == why);
        match known {
            Some(reason) => reason.checks += 1,
            None => self.not_run_reasons.push(NotRunReason {
                why: why.to_owned(),
                checks: 1,
                chosen: is_chosen(why),
            }),
        }
    }
}
