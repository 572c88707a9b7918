//! Two runs side by side: what fails that did not, what no longer does, what is no longer judged,
//! and what the issuer says of itself that it did not say before.
//!
//! A verdict is the same in both runs if it is on the same check at the same endpoint in the same
//! scenario; a check that was renamed in between is the same check.

mod change;
mod metadata;
mod verdicts;

use serde::Serialize;

pub use change::{Change, Circumstance};
pub use metadata::{DocumentDiff, MemberChange};

use crate::checks::Outcome;
use crate::report::{Exit, ExitStatus, Recorded};
use crate::transcript::INTERRUPTED;

/// What differs between two runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Diff {
    /// What was not the same about the runs themselves: issuer, rules, program.
    pub circumstances: Vec<Circumstance>,
    /// Red in the new run and not in the old one.
    pub new_failures: Vec<Change>,
    /// Red in both.
    pub still_failing: Vec<Change>,
    /// Red or a warning in the old run, and better in the new one.
    pub fixed: Vec<Change>,
    /// A warning in the new run, and nothing of the kind in the old one.
    pub new_warnings: Vec<Change>,
    /// KNOWN in the new run, and not in the old one.
    pub newly_known: Vec<Change>,
    /// Judged in the old run, and in the new one not applicable or not run.
    pub no_longer_judged: Vec<Change>,
    /// Judged in the new run, in order, and not in the old one.
    pub newly_judged: Vec<Change>,
    /// Metadata of the issuer and its authorization servers that is not the same.
    pub metadata: Vec<DocumentDiff>,
    /// What the process exits with, and why.
    pub exit: Exit,
}

impl Diff {
    /// Whether the runs show the same.
    pub fn is_empty(&self) -> bool {
        let sections = [
            &self.new_failures,
            &self.fixed,
            &self.new_warnings,
            &self.newly_known,
            &self.no_longer_judged,
            &self.newly_judged,
        ];
        sections.iter().all(|section| section.is_empty()) && self.metadata.is_empty()
    }
}

/// Compares two runs. With `only_new` nothing but a new failure is red; without it everything is
/// that is red in the new run. That the issuer could not be reached is an error in both cases.
pub fn diff(old: &Recorded, new: &Recorded, only_new: bool) -> Diff {
    let mut diff = Diff {
        circumstances: change::circumstances(old, new),
        metadata: metadata::differences(old, new),
        ..Diff::default()
    };
    verdicts::compare(old, new, &mut diff);
    diff.exit = exit(old, new, &diff, only_new);
    diff
}

fn exit(old: &Recorded, new: &Recorded, diff: &Diff, only_new: bool) -> Exit {
    let mut exit = Exit::default();
    let was_interrupted = new.exit.reasons.iter().any(|reason| reason == INTERRUPTED);
    if was_interrupted {
        exit.because(ExitStatus::Error, "the new run was interrupted".to_owned());
    }
    let broke_off = new.exit.status == ExitStatus::Error.code() && !was_interrupted;
    if broke_off || new.verdicts().any(|verdict| verdict.outcome == Outcome::Error) {
        exit.because(ExitStatus::Error, "the new run could not reach the issuer".to_owned());
    }
    let count = diff.new_failures.len();
    if count > 0 {
        let noun = if count == 1 { "new failure" } else { "new failures" };
        exit.because(ExitStatus::Red, format!("{count} {noun}"));
    }
    if new.issued_nothing() && !old.issued_nothing() {
        let why = "offers were given to the new run, and no credential was issued";
        exit.because(ExitStatus::Red, why.to_owned());
    }
    let weighed = [Outcome::Pass, Outcome::Note, Outcome::Warn, Outcome::Fail];
    if !new.verdicts().any(|verdict| weighed.contains(&verdict.judged())) {
        exit.because(ExitStatus::Red, "nothing was judged in the new run".to_owned());
    }
    let is_red = new.exit.status == ExitStatus::Red.code()
        || new.verdicts().any(|verdict| verdict.outcome.is_red());
    if !only_new && is_red {
        let why = match new.exit.reasons.as_slice() {
            [] => "the new run is red".to_owned(),
            reasons => format!("the new run is red: {}", reasons.join(", ")),
        };
        exit.because(ExitStatus::Red, why);
    }
    exit
}

#[cfg(test)]
mod tests;
