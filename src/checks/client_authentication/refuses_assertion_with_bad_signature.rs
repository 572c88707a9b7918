//! A signature is there to be verified.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-assertion-with-bad-signature",
    aliases: &[],
    since: "2026.3",
    title: "an assertion with a bad signature is refused",
    level: Level::Must,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-3"],
    obligation: "a client assertion whose signature does not verify with the registered key is refused with 400 or 401 invalid_client",
    doc: "The assertion is decoded to learn the client; its signature is then never \
          verified, or with a key from its own header.\n\n\
          Verify with the key that the client is registered with.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-bad-signature")),
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
            |code: &str| asserted("client-assertion-bad-signature", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted =
            asserted("client-assertion-bad-signature", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
