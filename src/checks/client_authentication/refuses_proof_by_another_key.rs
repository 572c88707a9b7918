//! The proof is by the attested key.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-proof-by-another-key",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof by another key is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.2", "abca#section-6.2", "abca#section-9"],
    obligation: "a client's proof that cnf of the attestation does not verify is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Servers that take the key of the proof from its own header verify that \
          somebody has some key.\n\n\
          Verify with `cnf.jwk` of the attestation and with nothing else.",
    judge: Judge::Refusal(invalid_client("client-proof-another-key")),
};

#[cfg(test)]
mod tests {
    use super::super::staged::attested;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn a_refusal_holds_and_a_token_breaks() {
        let refused =
            |code: &str| attested("client-proof-another-key", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = attested("client-proof-another-key", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
