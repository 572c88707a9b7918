//! One request comes from one client.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-another-client-id",
    aliases: &[],
    since: "2026.3",
    title: "a client_id other than the attested one is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-6.3", "abca#section-9"],
    obligation: "a token request whose client_id is not the sub of the attestation is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Authentication reads the attestation, and the rest of the server reads the \
          form: so one client authenticates and another gets the token.\n\n\
          Compare `client_id`, where it is sent, with `sub`.",
    judge: Judge::Refusal(invalid_client("client-attestation-other-client-id")),
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
            attested("client-attestation-other-client-id", 400, json!({ "error": code }))
        };
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted =
            attested("client-attestation-other-client-id", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
