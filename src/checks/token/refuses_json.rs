//! A token request is a form.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/refuses-json",
    aliases: &[],
    since: "2026.3",
    title: "a token request as JSON is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-3.2", "rfc6749#section-4.1.3"],
    obligation: "a token request whose body is JSON is refused",
    doc: "OAuth defines one encoding for token requests, `application/x-www-form-urlencoded`. Servers whose framework binds \
          forms and JSON alike accept what no other server accepts, and parameters that come twice in two ways. \
          Bind the form only, and answer 400 with `invalid_request`, or 415.",
    judge: Judge::Refusal(Refusal {
        tamper: "json-token-request",
        expects: &[Expectation {
            station: Station::Token,
            applies: applicability::always,
            status: &[400, 401, 415],
            codes: &[],
            tolerated: &[],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn granted() -> Value {
        json!({"access_token": "t", "token_type": "Bearer"})
    }

    fn stage(status: u16, body: Value) -> Stage {
        Stage::new().tampered("json-token-request", Station::Token, status, body).answer_json(
            Station::Token,
            200,
            granted(),
        )
    }

    #[test]
    fn a_refusal_holds_and_a_grant_does_not() {
        assert_holds(&super::CHECK, &stage(400, json!({})));
        assert_outcome(&super::CHECK, &stage(200, granted()), Outcome::Warn);
        assert_outcome(&super::CHECK, &stage(500, json!({})), Outcome::Warn);
    }
}
