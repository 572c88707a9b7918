//! Later versions add members, and earlier issuers live with them.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/ignores-unknown-members",
    aliases: &[],
    since: "2026.3",
    title: "unknown members of a notification are ignored",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#notification"],
    obligation: "a notification with a member that no specification defines is answered with a success",
    doc: "A strict schema for the body refuses wallets that send a member of a later version or \
          of a profile. The text says that the issuer MUST ignore what it does not recognise.\n\n\
          Read the members that are defined, and leave the rest alone.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "unknown-member",
        stations: &[Station::Notification],
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_holds, assert_outcome};

    const TAMPER: &str = "unknown-member";

    #[test]
    fn a_grant_holds_and_a_refusal_does_not() {
        assert_holds(&super::CHECK, &accepted(TAMPER));
        let refused = refused(TAMPER, 400, "invalid_request");
        assert_outcome(&super::CHECK, &refused, Outcome::Fail);
    }
}
