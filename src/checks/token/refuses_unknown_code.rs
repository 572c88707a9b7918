//! A code that was never given out authorizes nothing.

use super::INVALID_GRANT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-unknown-code",
    aliases: &[],
    since: "2026.1",
    title: "an unknown code is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#token-error-response"],
    obligation: "a token request with a pre-authorized code that was never given out is refused with 400 invalid_grant",
    doc: "A look-up that finds nothing is not a missing resource and not a fault of the server: \
          404 and 500 come from an exception of the store that reached the framework. Answer 400 \
          with `invalid_grant`, the same as for a code that has expired or was used, so that the \
          answer does not tell which codes exist.",
    judge: Judge::Refusal(Refusal {
        tamper: "unknown-code",
        expects: &[INVALID_GRANT],
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
        refused("unknown-code", status, code)
    }

    #[test]
    fn status_and_code_are_fixed() {
        assert_holds(&super::CHECK, &stage(400, "invalid_grant"));
        assert_outcome(&super::CHECK, &stage(400, "invalid_request"), Outcome::Fail);
        assert_outcome(&super::CHECK, &stage(403, "invalid_grant"), Outcome::Fail);
        assert_breaks(&super::CHECK, &stage(500, "invalid_grant"), "a server error");
    }

    #[test]
    fn a_token_breaks() {
        let granted =
            stage(400, "invalid_grant").tampered("unknown-code", Station::Token, 200, token("u"));
        assert_breaks(&super::CHECK, &granted, "accepted");
    }

    #[test]
    fn a_refused_client_proves_nothing() {
        let refused = |code: &str| {
            let body = json!({ "error": code });
            Stage::new().tampered("unknown-code", Station::Token, 400, body)
        };
        assert_holds(&super::CHECK, &refused("invalid_grant"));
        assert_outcome(&super::CHECK, &refused("invalid_client"), Outcome::Inconclusive);
    }
}
