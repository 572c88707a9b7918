//! The Transaction Code is the lock on a QR code that anyone may have photographed.

use super::{INVALID_REQUEST, with_tx_code};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "token/refuses-missing-tx-code",
    aliases: &[],
    since: "2026.1",
    title: "a missing Transaction Code is refused",
    level: Level::Must,
    raised_by: &[],
    applies: with_tx_code,
    spec: &["vci#token-error-response", "vci#token-request"],
    obligation: "a token request without the tx_code that the offer asks for is refused with 400 invalid_request",
    doc: "An offer with `tx_code`, even as an empty object, promises that the code alone is not \
          enough. Servers that check the Transaction Code only where one was sent give the token \
          to whoever scanned the QR code first. A missing parameter is `invalid_request`; \
          `invalid_grant` is for a wrong one. Take the decision from what was stored with the \
          offer, never from what the request holds.",
    judge: Judge::Refusal(Refusal {
        tamper: "missing-tx-code",
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
        refused("missing-tx-code", status, code)
    }

    #[test]
    fn status_and_code_are_fixed() {
        assert_holds(&super::CHECK, &stage(400, "invalid_request"));
        assert_outcome(&super::CHECK, &stage(400, "invalid_grant"), Outcome::Fail);
        assert_outcome(&super::CHECK, &stage(403, "invalid_request"), Outcome::Fail);
        assert_breaks(&super::CHECK, &stage(500, "invalid_request"), "a server error");
    }

    #[test]
    fn a_token_breaks() {
        let granted = stage(400, "invalid_request").tampered(
            "missing-tx-code",
            Station::Token,
            200,
            token("u"),
        );
        assert_breaks(&super::CHECK, &granted, "accepted");
    }

    #[test]
    fn without_a_control_a_refusal_proves_nothing() {
        let alone = refused_alone("missing-tx-code", 400, "invalid_request");
        assert_outcome(&super::CHECK, &alone, Outcome::Inconclusive);
    }

    #[test]
    fn it_does_not_concern_offers_without_one() {
        let grant = json!({ "grants": { crate::protocol::PRE_AUTHORIZED_CODE: {} } });
        let stage = stage(200, "").offer(grant, None);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
