//! There is one attestation.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-doubled-attestation",
    aliases: &[],
    since: "2026.3",
    title: "two attestation headers are refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-6.2", "abca#section-9"],
    obligation: "a token request with two OAuth-Client-Attestation fields is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Of two fields a proxy may check the first and the server use the second. \
          Header maps that keep one value hide that there were two.\n\n\
          Ask for all values of both fields, and refuse unless there is exactly one of \
          each.",
    judge: Judge::Refusal(invalid_client("client-attestation-doubled")),
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
            |code: &str| attested("client-attestation-doubled", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = attested("client-attestation-doubled", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
