//! The grant type says how to read the rest of the request.

use super::INVALID_REQUEST;
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-missing-grant-type",
    aliases: &[],
    since: "2026.1",
    title: "a missing grant type is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-5.2"],
    obligation: "a token request without grant_type is refused with 400 invalid_request",
    doc: "Servers that know one grant only are tempted to assume it. A request without \
          `grant_type` is malformed, whatever else it carries: `invalid_request`. \
          `unsupported_grant_type` is for a type that was named and is not offered; it comes out \
          where the absent value falls through to the last branch.",
    judge: Judge::Refusal(Refusal {
        tamper: "missing-grant-type",
        expects: &[Expectation { tolerated: &["unsupported_grant_type"], ..INVALID_REQUEST }],
        control: Control::NotNeeded,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::{refused, token};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16, code: &str) -> Stage {
        refused("missing-grant-type", status, code)
    }

    #[test]
    fn status_and_code_are_fixed() {
        assert_holds(&super::CHECK, &stage(400, "invalid_request"));
        assert_outcome(&super::CHECK, &stage(400, "invalid_grant"), Outcome::Fail);
        assert_outcome(&super::CHECK, &stage(403, "invalid_request"), Outcome::Fail);
        assert_breaks(&super::CHECK, &stage(500, "invalid_request"), "a server error");
    }

    #[test]
    fn a_token_breaks() {
        let granted = stage(400, "invalid_request").tampered(
            "missing-grant-type",
            Station::Token,
            200,
            token("u"),
        );
        assert_breaks(&super::CHECK, &granted, "accepted");
    }

    #[test]
    fn a_refused_client_proves_nothing() {
        let refused = |code: &str| {
            let body = json!({ "error": code });
            Stage::new().tampered("missing-grant-type", Station::Token, 400, body)
        };
        assert_holds(&super::CHECK, &refused("invalid_request"));
        assert_outcome(&super::CHECK, &refused("invalid_client"), Outcome::Inconclusive);
    }

    #[test]
    fn the_code_for_another_grant_can_be_argued_for() {
        assert_outcome(&super::CHECK, &stage(400, "unsupported_grant_type"), Outcome::Warn);
    }
}
