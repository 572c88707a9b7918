//! A lock that opens to any key is no lock.

use super::{INVALID_GRANT, with_tx_code};
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "token/refuses-wrong-tx-code",
    aliases: &[],
    since: "2026.1",
    title: "a wrong Transaction Code is refused",
    level: Level::Must,
    raised_by: &[],
    applies: with_tx_code,
    spec: &["vci#token-error-response"],
    obligation: "a token request with a wrong tx_code is refused with 400 invalid_grant",
    doc: "A wrong Transaction Code has the length and the characters of the right one, and is \
          still refused, with `invalid_grant`. It gets through where only the format is \
          validated, where the comparison is against a default from a test set-up, or where the \
          check was switched off for a demonstration. `invalid_tx_code` is a code of the 1.1 \
          drafts, which wallets of 1.0 do not know.",
    judge: Judge::Refusal(Refusal {
        tamper: "wrong-tx-code",
        expects: &[Expectation { tolerated: &["invalid_tx_code"], ..INVALID_GRANT }],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{refused, refused_alone, token};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16, code: &str) -> Stage {
        refused("wrong-tx-code", status, code)
    }

    #[test]
    fn status_and_code_are_fixed() {
        assert_holds(&super::CHECK, &stage(400, "invalid_grant"));
        assert_outcome(&super::CHECK, &stage(400, "invalid_request"), Outcome::Fail);
        assert_outcome(&super::CHECK, &stage(403, "invalid_grant"), Outcome::Fail);
        assert_breaks(&super::CHECK, &stage(500, "invalid_grant"), "a server error");
    }

    #[test]
    fn a_token_breaks() {
        let granted =
            stage(400, "invalid_grant").tampered("wrong-tx-code", Station::Token, 200, token("u"));
        assert_breaks(&super::CHECK, &granted, "accepted");
    }

    #[test]
    fn without_a_control_a_refusal_proves_nothing() {
        let alone = refused_alone("wrong-tx-code", 400, "invalid_grant");
        assert_outcome(&super::CHECK, &alone, Outcome::Inconclusive);
    }

    #[test]
    fn the_code_of_the_next_version_can_be_argued_for() {
        assert_outcome(&super::CHECK, &stage(400, "invalid_tx_code"), Outcome::Warn);
    }
}
