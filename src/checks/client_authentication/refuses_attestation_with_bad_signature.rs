//! A signature is there to be verified.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-attestation-with-bad-signature",
    aliases: &[],
    since: "2026.3",
    title: "a client attestation with a bad signature is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.1", "abca#section-9"],
    obligation: "a client attestation whose signature does not verify is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Attestations are decoded to find `cnf` and the proof is verified with it, \
          while the attestation itself is taken on trust: then every wallet can attest \
          itself.\n\n\
          Verify the attestation first, then the proof.",
    judge: Judge::Refusal(invalid_client("client-attestation-bad-signature")),
};

#[cfg(test)]
mod tests {
    use super::super::staged::attested;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn a_refusal_holds_and_a_token_breaks() {
        let refused = |code: &str| {
            attested("client-attestation-bad-signature", 400, json!({ "error": code }))
        };
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted =
            attested("client-attestation-bad-signature", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
