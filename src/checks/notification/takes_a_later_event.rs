//! What was accepted in the morning may be deleted in the evening.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/takes-a-later-event",
    aliases: &[],
    since: "2026.3",
    title: "one issuance may report more than one event",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#notification"],
    obligation: "a notification of another event for a notification_id that was notified of before is answered with a success",
    doc: "A wallet MAY send more than one notification for a `notification_id`. An issuer that \
          forgets the id after the first, or that has one column for the event and a rule \
          against changing it, refuses the second.\n\n\
          Keep the id as long as the access token is good, and write each event down.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "later-event",
        stations: &[Station::Notification],
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_holds, assert_outcome};

    const TAMPER: &str = "later-event";

    #[test]
    fn a_grant_holds_and_a_refusal_does_not() {
        assert_holds(&super::CHECK, &accepted(TAMPER));
        let refused = refused(TAMPER, 400, "invalid_request");
        assert_outcome(&super::CHECK, &refused, Outcome::Warn);
    }
}
