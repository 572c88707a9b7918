//! A proof is signed.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-unsigned-proof",
    aliases: &[],
    since: "2026.3",
    title: "an unsigned client's proof is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.2", "abca#section-9"],
    obligation: "a client's proof with alg none is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "An unsigned proof can be made by anybody who has seen the attestation.\n\n\
          Take the algorithms from \
          `client_attestation_pop_signing_alg_values_supported`.",
    judge: Judge::Refusal(invalid_client("client-proof-alg-none")),
};

#[cfg(test)]
mod tests {
    use super::super::staged::attested;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn a_refusal_holds_and_a_token_breaks() {
        let refused = |code: &str| attested("client-proof-alg-none", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = attested("client-proof-alg-none", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
