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

    use super::super::staged::refused;
    use crate::checks::Outcome;
    use crate::checks::staging::assert_outcome;
    use crate::protocol::PRE_AUTHORIZED_CODE;

    #[test]
    fn it_does_not_concern_offers_with_one() {
        let grants = json!({ "grants": { PRE_AUTHORIZED_CODE: json!({ "tx_code": {} }) } });
        let stage = refused("unexpected-tx-code", 200, "").offer(grants, Some("1234"));
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
