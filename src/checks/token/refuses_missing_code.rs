//! A request for this grant without the code has nothing to redeem.

use super::INVALID_REQUEST;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-missing-code",
    aliases: &[],
    since: "2026.1",
    title: "a missing code is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#token-request", "rfc6749#section-5.2"],
    obligation: "a token request without pre-authorized_code is refused with 400 invalid_request",
    doc: "The parameter is required with this grant type, and a request that lacks it is \
          malformed: `invalid_request`. Servers answer `invalid_grant` when they look up the \
          empty string, or 500 when they look up nothing at all. Mind the spelling, with a \
          hyphen and an underscore: a form that binds `pre_authorized_code` never sees the \
          parameter of any wallet.",
    judge: Judge::Refusal(Refusal {
        tamper: "missing-code",
        expects: &[INVALID_REQUEST],
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
        refused("missing-code", status, code)
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
        let granted =
            stage(400, "invalid_request").tampered("missing-code", Station::Token, 200, token("u"));
        assert_breaks(&super::CHECK, &granted, "accepted");
    }

    #[test]
    fn a_refused_client_proves_nothing() {
        let refused = |code: &str| {
            let body = json!({ "error": code });
            Stage::new().tampered("missing-code", Station::Token, 400, body)
        };
        assert_holds(&super::CHECK, &refused("invalid_request"));
        assert_outcome(&super::CHECK, &refused("invalid_client"), Outcome::Inconclusive);
    }
}
