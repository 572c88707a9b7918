//! A proof can be told from the next.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-proof-without-jti",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof without jti is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.2"],
    obligation: "a client's proof without jti is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Without `jti` there is nothing to notice a replay by.\n\n\
          Make `jti` a required claim.",
    judge: Judge::Refusal(invalid_client("client-proof-missing-jti")),
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
            |code: &str| attested("client-proof-missing-jti", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = attested("client-proof-missing-jti", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
