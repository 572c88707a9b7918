//! An assertion is for one server.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-assertion-for-another-audience",
    aliases: &[],
    since: "2026.3",
    title: "an assertion for another server is refused",
    level: Level::Must,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-3"],
    obligation: "a client assertion whose aud names another server is refused with 400 or 401 invalid_client",
    doc: "An assertion that is good anywhere can be taken from one server to the next \
          by that server.\n\n\
          Accept your own issuer identifier, and the URL of the token endpoint where \
          clients still use it.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-wrong-aud")),
};

#[cfg(test)]
mod tests {
    use super::super::staged::asserted;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn a_refusal_holds_and_a_token_breaks() {
        let refused =
            |code: &str| asserted("client-assertion-wrong-aud", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = asserted("client-assertion-wrong-aud", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
