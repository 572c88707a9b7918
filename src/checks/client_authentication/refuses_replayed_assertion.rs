//! An assertion works once.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-replayed-assertion",
    aliases: &[],
    since: "2026.3",
    title: "a replayed assertion is refused",
    level: Level::Note,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-3"],
    obligation: "a client assertion whose jti was seen before is refused with 400 or 401 invalid_client",
    doc: "RFC 7523 lets servers remember `jti`; FAPI and others demand it. Who reads a \
          request can otherwise repeat it within the lifetime of its assertion.\n\n\
          Keep each `jti` until its assertion expires.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-replayed")),
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
            |code: &str| asserted("client-assertion-replayed", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = asserted("client-assertion-replayed", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Note);
    }
}
