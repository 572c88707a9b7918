//! Extensions can only be introduced where unknown parameters do no harm.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/ignores-unknown-parameters",
    aliases: &[],
    since: "2026.1",
    title: "unknown parameters do no harm",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#token-request", "rfc6749#section-3.2"],
    obligation: "a token request with a parameter that nobody defined is granted all the same",
    doc: "Wallets send parameters of extensions and of later versions to every server. One that \
          refuses what it does not know locks those wallets out. Strict form binding is the usual \
          cause (`deny_unknown_fields`, `additionalProperties: false`, a filter of allowed \
          names): relax it for this endpoint.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "unknown-parameter",
        stations: &[Station::Token],
    }),
};

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::staged::token;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16, body: Value) -> Stage {
        Stage::new().tampered("unknown-parameter", Station::Token, status, body)
    }

    #[test]
    fn the_addition_makes_no_difference() {
        assert_holds(&super::CHECK, &stage(200, token("t")));
        let refused = stage(400, json!({"error": "invalid_request"}));
        assert_outcome(&super::CHECK, &refused, Outcome::Inconclusive);
        let controlled = refused.redeems("code", 200, token("t"));
        assert_breaks(&super::CHECK, &controlled, "400 invalid_request");
    }

    #[test]
    fn throttling_proves_nothing() {
        let throttled = stage(429, json!({})).redeems("code", 200, token("t"));
        assert_outcome(&super::CHECK, &throttled, Outcome::Inconclusive);
    }
}
