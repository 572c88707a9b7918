//! An assertion says of what type it is.

use super::{INVALID_ASSERTION, asserting_clients};
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-assertion-without-type",
    aliases: &[],
    since: "2026.3",
    title: "an assertion without its type is refused",
    level: Level::Must,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-2.2"],
    obligation: "a client_assertion without client_assertion_type is refused with 400 or 401 and invalid_client or invalid_request",
    doc: "`client_assertion_type` tells a JWT from other assertions and is required \
          beside it.\n\n\
          Compare it with `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.",
    judge: Judge::Refusal(Refusal {
        tamper: "client-assertion-missing-type",
        expects: &[Expectation { codes: CODES, fixed: false, ..INVALID_ASSERTION }],
        control: Control::Needed,
        leniency: None,
    }),
};

const CODES: &[&str] = &["invalid_client", "invalid_request"];

#[cfg(test)]
mod tests {
    use super::super::staged::asserted;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn a_refusal_holds_and_a_token_breaks() {
        let refused =
            |code: &str| asserted("client-assertion-missing-type", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted =
            asserted("client-assertion-missing-type", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}
