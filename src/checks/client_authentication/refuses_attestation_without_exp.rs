//! An attestation has an end.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-attestation-without-exp",
    aliases: &[],
    since: "2026.3",
    title: "a client attestation without exp is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.1"],
    obligation: "a client attestation without exp is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "JWT libraries check `exp` where it is there. Without it an attestation lasts \
          for ever.\n\n\
          Make `exp` a required claim.",
    judge: Judge::Refusal(invalid_client("client-attestation-missing-exp")),
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
            |code: &str| attested("client-attestation-missing-exp", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted =
            attested("client-attestation-missing-exp", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
