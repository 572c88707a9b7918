//! A Transaction Code nobody asked for is the sign of a mixed-up offer.

use super::{INVALID_REQUEST, without_tx_code};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "token/refuses-unexpected-tx-code",
    aliases: &[],
    since: "2026.1",
    title: "an unexpected Transaction Code is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: without_tx_code,
    spec: &["vci#token-error-response"],
    obligation: "a token request with a tx_code that the offer does not ask for is refused with 400 invalid_request",
    doc: "If the offer has no `tx_code`, the authorization server expects none, and the \
          specification wants a request that carries one refused with `invalid_request`. Most \
          servers overlook the parameter instead, since nothing reads it. The rule to ignore \
          unknown parameters does not help: `tx_code` is a known one. The text describes the \
          error without a MUST, so overlooking it warns. Compare the presence of \
          the parameter with what was stored with the offer, in both directions.",
    judge: Judge::Refusal(Refusal {
        tamper: "unexpected-tx-code",
        expects: &[INVALID_REQUEST],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::{refused, refused_alone, token};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16, code: &str) -> Stage {
        refused("unexpected-tx-code", status, code)
    }

    #[test]
    fn status_and_code_are_fixed() {
        assert_holds(&super::CHECK, &stage(400, "invalid_request"));
        assert_outcome(&super::CHECK, &stage(400, "invalid_grant"), Outcome::Warn);
        assert_outcome(&super::CHECK, &stage(403, "invalid_request"), Outcome::Warn);
        assert_breaks(&super::CHECK, &stage(500, "invalid_request"), "a server error");
    }

    #[test]
    fn a_token_breaks() {
        let granted = stage(400, "invalid_request").tampered(
            "unexpected-tx-code",
            Station::Token,
            200,
            token("u"),
        );
        assert_breaks(&super::CHECK, &granted, "accepted");
    }

    #[test]
    fn without_a_control_a_refusal_proves_nothing() {
        let alone = refused_alone("unexpected-tx-code", 400, "invalid_request");
        assert_outcome(&super::CHECK, &alone, Outcome::Inconclusive);
    }

    #[test]
    fn it_does_not_concern_offers_with_one() {
        let grant = json!({ "tx_code": {} });
        let grants = json!({ "grants": { crate::protocol::PRE_AUTHORIZED_CODE: grant } });
        let stage = stage(200, "").offer(grants, Some("1234"));
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
