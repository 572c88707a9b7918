//! A registered client authenticates.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-missing-assertion",
    aliases: &[],
    since: "2026.3",
    title: "a client without its assertion is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc6749#section-5.2", "rfc7523#section-3.2"],
    obligation: "where private_key_jwt is announced and none is not, a token request without client_assertion is refused with 400 or 401 invalid_client",
    doc: "A `client_id` in the form is a name, no proof. Servers that verify an \
          assertion where there is one let everybody speak for the client.\n\n\
          Demand an assertion of each client that is registered with a key.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-missing")),
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
            |code: &str| asserted("client-assertion-missing", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = asserted("client-assertion-missing", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Warn);
    }
}
