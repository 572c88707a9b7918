//! A proof works once.

use super::{INVALID_CLIENT, attested_clients};
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-replayed-proof",
    aliases: &[],
    since: "2026.3",
    title: "a replayed client's proof is refused",
    level: Level::Should,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-12.1"],
    obligation: "a client's proof that was accepted before is refused with 400 or 401 and invalid_client, invalid_client_attestation or use_attestation_challenge",
    doc: "Who reads a request can send it again. The draft recommends to remember each \
          `jti`, or each challenge, for as long as its proof would be accepted.\n\n\
          Keep them in a store that all replicas share.",
    judge: Judge::Refusal(Refusal {
        tamper: "client-proof-replayed",
        expects: &[Expectation { codes: CODES, ..INVALID_CLIENT }],
        control: Control::Needed,
        leniency: None,
    }),
};

const CODES: &[&str] =
    &["invalid_client", "invalid_client_attestation", "use_attestation_challenge"];

#[cfg(test)]
mod tests {
    use super::super::staged::attested;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn a_refusal_holds_and_a_token_breaks() {
        let refused = |code: &str| attested("client-proof-replayed", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = attested("client-proof-replayed", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Warn);
    }
}
