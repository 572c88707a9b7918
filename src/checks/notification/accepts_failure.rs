//! Wallets also tell that credentials could not be stored.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/accepts-failure",
    aliases: &[],
    since: "2026.3",
    title: "the event credential_failure is taken in",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#notification"],
    obligation: "a notification that says credential_failure of credentials that were just issued is answered with a success",
    doc: "Issuers that only wait for `credential_accepted` forget the other two, and then the \
          wallet that has something to say is refused. All three are values that a wallet may \
          send, and the first notification of an issuance may be any of them.\n\n\
          Take `credential_failure` in, and answer as for the others, best with `204`.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "event-failure",
        stations: &[Station::Notification],
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_holds, assert_outcome};

    const TAMPER: &str = "event-failure";

    #[test]
    fn a_grant_holds_and_a_refusal_does_not() {
        assert_holds(&super::CHECK, &accepted(TAMPER));
        let refused = refused(TAMPER, 400, "invalid_request");
        assert_outcome(&super::CHECK, &refused, Outcome::Fail);
    }
}
