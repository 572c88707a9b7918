//! An attestation alone can be stolen.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-missing-proof",
    aliases: &[],
    since: "2026.3",
    title: "an attestation without its proof is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-6.2", "abca#section-9"],
    obligation: "a token request with an attestation and without OAuth-Client-Attestation-PoP is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "The attestation goes over the wire with each request; the proof is what \
          shows that its key is at hand. Servers that verify the proof where it is \
          there can be spoken to without.\n\n\
          Refuse one field without the other.",
    judge: Judge::Refusal(invalid_client("client-proof-missing")),
};

#[cfg(test)]
mod tests {
    use super::super::staged::attested;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn a_refusal_holds_and_a_token_breaks() {
        let refused = |code: &str| attested("client-proof-missing", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = attested("client-proof-missing", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
