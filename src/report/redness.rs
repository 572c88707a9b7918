//! What counts against an issuer: one rule for the exit status and for every rendering.

use super::{CheckResult, Problem, Report};
use crate::checks::Outcome;

impl Report {
    /// Whether this outcome of a check counts against the issuer. A WARN does where warnings are
    /// red, unless its check is newer than the edition in force.
    pub fn counts(&self, result: &CheckResult, outcome: Outcome) -> bool {
        let warns = outcome == Outcome::Warn;
        outcome.is_red() || (warns && self.exit.warnings_are_red && !self.only_warns(result))
    }

    /// Whether a problem counts against the issuer, by itself or by what rests on it.
    pub fn is_red(&self, problem: &Problem) -> bool {
        let counts = |check: &str, outcome| {
            let result = self.results.iter().find(|result| result.check == check);
            result.is_some_and(|result| self.counts(result, outcome))
        };
        let consequences = problem.consequences.iter();
        problem.outcome.is_red()
            || problem.check.is_some_and(|check| counts(check, problem.outcome))
            || consequences.into_iter().any(|one| counts(one.check(), one.outcome))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use crate::checks::Outcome;
    use crate::report::{Strictness, staging};

    #[test]
    fn a_warning_is_red_where_it_was_asked_for_and_its_check_is_in_force() {
        let lenient = staging::report();
        let warning = lenient.problems.iter().find(|one| one.outcome == Outcome::Warn);
        let warning = warning.cloned().unwrap();
        assert!(!lenient.is_red(&warning));
        let strict = Strictness { fail_on_should: true, ..Strictness::default() };
        let mut strict = lenient.held_to(strict);
        assert!(strict.is_red(&warning));
        for result in &mut strict.results {
            result.since = "2999.1";
        }
        assert!(!strict.is_red(&warning), "newer than the edition in force");
    }
}
