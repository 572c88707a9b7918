//! Who must be attested is attested.

use serde_json::json;

use super::{attested_clients, invalid_client};
use crate::checks::{Applies, Check, Judge, Level, Scene};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-missing-attestation",
    aliases: &[],
    since: "2026.3",
    title: "a client without its attestation is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: where_nothing_else_is_announced,
    spec: &["abca#section-10.1", "rfc6749#section-5.2"],
    obligation: "where attest_jwt_client_auth is the only way that is announced, a token request without attestation is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "The metadata say that clients are attested, and the endpoint goes on \
          without: mostly because the check runs where the header is there.\n\n\
          Decide by the client or by the metadata that an attestation is needed, and \
          answer `invalid_client` where there is none.",
    judge: Judge::Refusal(invalid_client("client-attestation-missing")),
};

/// Concerns servers that announce no other way, and serve no anonymous wallets.
fn where_nothing_else_is_announced(scene: &Scene<'_>) -> Applies {
    let Some(metadata) = scene.as_metadata() else { return attested_clients(scene) };
    let methods = metadata.json().get("token_endpoint_auth_methods_supported");
    if methods != Some(&json!(["attest_jwt_client_auth"])) || metadata.allows_anonymous_access() {
        return Applies::No("other clients than attested ones may be served".to_owned());
    }
    attested_clients(scene)
}

#[cfg(test)]
mod tests {
    use super::super::staged::attested;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};

    fn stage(status: u16, body: Value, methods: &[&str]) -> Stage {
        let metadata = json!({
            "token_endpoint": "https://issuer.example/token",
            "token_endpoint_auth_methods_supported": methods
        });
        attested("client-attestation-missing", status, body).as_metadata(metadata)
    }

    #[test]
    fn a_refusal_holds_and_a_token_breaks() {
        let only = ["attest_jwt_client_auth"];
        let refused = |code: &str| stage(400, json!({ "error": code }), &only);
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let token = json!({ "access_token": "t" });
        assert_outcome(&super::CHECK, &stage(200, token.clone(), &only), Outcome::Warn);
        let others = stage(200, token, &["attest_jwt_client_auth", "none"]);
        assert_outcome(&super::CHECK, &others, Outcome::NotApplicable);
    }
}
