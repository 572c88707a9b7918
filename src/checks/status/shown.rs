//! Whether a status that was set at our request shows in the list.

use crate::checks::{Breach, Finding, PublishedList, Scene, judge};
use crate::transcript::{NewStatus, StatusChange};

const NOT_CHANGED: &str = "no status was changed";
const OVERDUE: &str = "how often a list is made anew is for the issuer to say";
const CLOCKS: &str = "the list may have been made before, on a clock that is a little ahead";
/// How far clocks may differ, in seconds.
const SKEW: f64 = 60.0;
const OLDER: &str = "the list at hand was made before the change, and may be kept for longer";

/// A change, and the list that was fetched last after it.
pub struct Change<'s> {
    /// What was changed.
    pub change: &'s StatusChange,
    /// The list.
    pub list: &'s PublishedList,
}

/// The worst finding over the changes to a status, or to any.
pub fn each<'s>(
    scene: &'s Scene<'_>,
    status: Option<NewStatus>,
    judge_one: impl Fn(&Change<'s>) -> Finding,
) -> Finding {
    let changes = scene.transcript.status_changes.iter();
    let wanted = changes.filter(|change| status.is_none_or(|status| change.status == status));
    let findings = wanted.map(|change| {
        let mut lists = scene.status_lists().iter().rev();
        let list = lists.find(|list| list.is_at(&change.uri) && list.at >= change.at);
        match list {
            Some(list) => judge::shown_in(judge_one(&Change { change, list }), list.exchange),
            None => Finding::Silent("the list was not fetched after the change"),
        }
    });
    findings.reduce(judge::worse).unwrap_or(Finding::Silent(NOT_CHANGED))
}

impl Change<'_> {
    /// The value of the entry now; a finding where it cannot be told.
    pub fn value(&self) -> Result<Option<u8>, Finding> {
        let read = self.list.token().ok_or(Finding::Silent(super::UNREADABLE))?;
        let list = read.list.as_ref().map_err(|_| Finding::Silent(super::UNREADABLE))?;
        Ok(list.get(self.change.index))
    }

    /// Holds if the entry has the value of the new status. A list that was made before says nothing
    /// as long as it may be kept, and only warns from then on.
    pub fn is_shown(&self) -> Finding {
        let value = match self.value() {
            Ok(value) => value,
            Err(finding) => return finding,
        };
        let wanted = self.change.status.value();
        if value == Some(wanted) {
            return Finding::Holds;
        }
        let age = self.age();
        if age == Age::Kept {
            return Finding::Exempt(OLDER);
        }
        let Some(found) = value else { return Finding::Silent("the index is beyond the end") };
        let place = self.change.index;
        let breach = |list: &str| {
            let wanted = format!("{wanted}, {}", self.change.status.name());
            Breach::new(wanted, format!("{found} at idx {place}, in a list that is {list}"))
        };
        match age {
            Age::Newer => Finding::Breaks(breach("newer than the change")),
            Age::AsOld => Finding::Warns(breach("as old as the change"), CLOCKS),
            Age::Kept | Age::Overdue => {
                Finding::Warns(breach("older than the change and due"), OVERDUE)
            }
        }
    }

    /// How old the list is beside the change.
    fn age(&self) -> Age {
        let seconds = |name: &str| self.list.token().and_then(|read| read.token.seconds(name));
        let Some(iat) = seconds("iat") else { return Age::Newer };
        let changed = self.change.at.as_second() as f64;
        if iat > changed {
            return if iat > changed + SKEW { Age::Newer } else { Age::AsOld };
        }
        match seconds("ttl") {
            Some(ttl) if iat + ttl <= self.list.at.as_second() as f64 => Age::Overdue,
            _ => Age::Kept,
        }
    }
}

/// How old a list is beside a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    /// Made after the change.
    Newer,
    /// Made within a minute after the change, on a clock that may be another.
    AsOld,
    /// Made before the change, and due when it was fetched.
    Overdue,
    /// Made before the change, and not yet due.
    Kept,
}
