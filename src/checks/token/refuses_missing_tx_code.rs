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

    use super::super::staged::refused;
    use crate::checks::Outcome;
    use crate::checks::staging::assert_outcome;
    use crate::protocol::PRE_AUTHORIZED_CODE;

    #[test]
    fn it_does_not_concern_offers_without_one() {
        let grants = json!({ "grants": { PRE_AUTHORIZED_CODE: json!({}) } });
        let stage = refused("missing-tx-code", 200, "").offer(grants, None);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
