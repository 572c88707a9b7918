//! Whether a status that was set at our request shows in the list.

use crate::checks::{Finding, PublishedList, Scene, judge};
use crate::transcript::{NewStatus, StatusChange};

const NOT_CHANGED: &str = "no status was changed";
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

    /// Holds if the entry has the value of the new status. A list that was made before says nothing,
    /// as long as it may be kept.
    pub fn is_shown(&self) -> Finding {
        let value = match self.value() {
            Ok(value) => value,
            Err(finding) => return finding,
        };
        let wanted = self.change.status.value();
        if value == Some(wanted) {
            return Finding::Holds;
        }
        if self.may_be_older() {
            return Finding::Exempt(OLDER);
        }
        let Some(found) = value else { return Finding::Silent("the index is beyond the end") };
        let place = self.change.index;
        Finding::breaks(
            format!("{wanted}, {}", self.change.status.name()),
            format!("{found} at idx {place}, in a list that is newer than the change"),
        )
    }

    /// Made before the change, or in the same second, and not yet due.
    pub fn may_be_older(&self) -> bool {
        let Some(read) = self.list.token() else { return false };
        let Some(iat) = read.token.seconds("iat") else { return false };
        if iat > self.change.at.as_second() as f64 {
            return false;
        }
        match read.token.seconds("ttl") {
            Some(ttl) => iat + ttl > self.list.at.as_second() as f64,
            None => true,
        }
    }
}
