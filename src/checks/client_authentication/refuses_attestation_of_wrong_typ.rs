//! A JWT made for another purpose attests no client.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-attestation-of-wrong-typ",
    aliases: &[],
    since: "2026.3",
    title: "a client attestation of another typ is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.1", "rfc8725#section-3.11"],
    obligation: "a client attestation whose typ is not oauth-client-attestation+jwt is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "The provider signs other JWTs with the same key, key attestations for \
          example. Only `typ` tells them apart.\n\n\
          Compare `typ` with `oauth-client-attestation+jwt`, and refuse a missing one.",
    judge: Judge::Refusal(invalid_client("client-attestation-wrong-typ")),
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
            |code: &str| attested("client-attestation-wrong-typ", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = attested("client-attestation-wrong-typ", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
