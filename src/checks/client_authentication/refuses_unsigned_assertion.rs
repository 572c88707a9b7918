//! An assertion is signed.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-unsigned-assertion",
    aliases: &[],
    since: "2026.3",
    title: "an unsigned assertion is refused",
    level: Level::Must,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-3", "rfc8414#section-2"],
    obligation: "a client assertion with alg none is refused with 400 or 401 invalid_client",
    doc: "An unsigned assertion can be written by anybody.\n\n\
          Take the algorithms from the client's registration, or from \
          `token_endpoint_auth_signing_alg_values_supported`, which never lists \
          `none`.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-alg-none")),
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
            |code: &str| asserted("client-assertion-alg-none", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = asserted("client-assertion-alg-none", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
