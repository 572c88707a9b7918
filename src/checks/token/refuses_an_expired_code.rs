//! An offer that was forgotten in a mailbox must not be worth anything to who finds it.

use super::INVALID_GRANT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-an-expired-code",
    aliases: &[],
    since: "2026.3",
    title: "an expired code is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-offer-parameters", "vci#token-error-response"],
    obligation: "a pre-authorized code that was not redeemed for ten minutes is refused with 400 invalid_grant",
    doc: "A pre-authorized code must be short-lived, because whoever sees the link has it. How short is nowhere \
          said: this scenario waits ten minutes, so a code that still works only warns. Give codes a few \
          minutes, and let the store, not a job at night, decide whether one is still good. The refusal is \
          that of any other bad code: 400 with `invalid_grant`, not 404 from a look-up that found nothing.",
    judge: Judge::Refusal(Refusal {
        tamper: "expired-code",
        expects: &[INVALID_GRANT],
        control: Control::Needed,
        leniency: Some(|_, _| Some("how long a code may live is nowhere said")),
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{refused, token};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    const TAMPER: &str = "expired-code";

    #[test]
    fn only_a_refusal_as_invalid_grant_holds() {
        assert_holds(&super::CHECK, &refused(TAMPER, 400, "invalid_grant"));
        assert_outcome(&super::CHECK, &refused(TAMPER, 400, "invalid_request"), Outcome::Fail);
        assert_breaks(&super::CHECK, &refused(TAMPER, 500, "server_error"), "a server error");
        let granted =
            refused(TAMPER, 400, "invalid_grant").tampered(TAMPER, Station::Token, 200, token("u"));
        assert_outcome(&super::CHECK, &granted, Outcome::Warn);
    }
}
