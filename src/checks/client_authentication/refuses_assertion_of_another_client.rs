//! A client speaks for itself.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-assertion-of-another-client",
    aliases: &[],
    since: "2026.3",
    title: "an assertion that speaks for another client is refused",
    level: Level::Must,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-3"],
    obligation: "a client assertion whose sub is not the client that signs it is refused with 400 or 401 invalid_client",
    doc: "`iss` says who signs and `sub` for whom; for client authentication both are \
          the `client_id`. A server that verifies with the key of `iss` and continues \
          with `sub` lets each client be any other.\n\n\
          Compare `iss`, `sub`, and `client_id` where it is sent.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-another-client")),
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
            |code: &str| asserted("client-assertion-another-client", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted =
            asserted("client-assertion-another-client", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
