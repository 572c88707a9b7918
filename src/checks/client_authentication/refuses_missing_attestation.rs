//! Who must be attested is attested.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-missing-attestation",
    aliases: &[],
    since: "2026.3",
    title: "a client without its attestation is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-10.1", "rfc6749#section-5.2"],
    obligation: "where attest_jwt_client_auth is the only way that is announced, a token request without attestation is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "The metadata say that clients are attested, and the endpoint goes on \
          without: mostly because the check runs where the header is there.\n\n\
          Decide by the client or by the metadata that an attestation is needed, and \
          answer `invalid_client` where there is none.",
    judge: Judge::Refusal(invalid_client("client-attestation-missing")),
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
            |code: &str| attested("client-attestation-missing", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = attested("client-attestation-missing", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Warn);
    }
}
