//! A grant type that nobody offers must not be taken for one that is.

use super::INVALID_REQUEST;
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-unsupported-grant",
    aliases: &[],
    since: "2026.1",
    title: "an unsupported grant type is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-5.2"],
    obligation: "a token request with a grant_type that is not offered is refused with 400 unsupported_grant_type",
    doc: "An unknown `grant_type` is the one parameter value that has an error code of its own: \
          `unsupported_grant_type`, not `invalid_request`. A 500 points to a look-up in a table \
          of grant handlers that lacks a default. A token shows that the parameter is not read \
          at all.",
    judge: Judge::Refusal(Refusal {
        tamper: "unsupported-grant",
        expects: &[Expectation {
            codes: &["unsupported_grant_type"],
            tolerated: &["unauthorized_client"],
            ..INVALID_REQUEST
        }],
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
        refused("unsupported-grant", status, code)
    }

    #[test]
    fn status_and_code_are_fixed() {
        assert_holds(&super::CHECK, &stage(400, "unsupported_grant_type"));
        assert_outcome(&super::CHECK, &stage(400, "invalid_request"), Outcome::Fail);
        assert_outcome(&super::CHECK, &stage(403, "unsupported_grant_type"), Outcome::Fail);
        assert_breaks(&super::CHECK, &stage(500, "unsupported_grant_type"), "a server error");
    }

    #[test]
    fn a_token_breaks() {
        let granted = stage(400, "unsupported_grant_type").tampered(
            "unsupported-grant",
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
            Stage::new().tampered("unsupported-grant", Station::Token, 400, body)
        };
        assert_holds(&super::CHECK, &refused("unsupported_grant_type"));
        assert_outcome(&super::CHECK, &refused("invalid_client"), Outcome::Inconclusive);
    }

    #[test]
    fn a_client_that_may_not_use_it_can_be_argued_for() {
        assert_outcome(&super::CHECK, &stage(400, "unauthorized_client"), Outcome::Warn);
    }
}
