//! Nothing was asked for.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-an-empty-body",
    aliases: &[],
    since: "2026.3",
    title: "a request without a body is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request-errors"],
    obligation: "a credential request with an empty body is refused with 400 invalid_credential_request",
    doc: "An empty body is no JSON, and frameworks hand handlers nothing at all for it, where the code expects an object. \
          Map it to the same answer as a malformed body.",
    judge: Judge::Refusal(Refusal {
        tamper: "empty-body",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_credential_request", "invalid_encryption_parameters"],
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
        json!({"credentials": [{"credential": "a~"}]})
    }

    fn stage(status: u16, body: Value) -> Stage {
        Stage::new().tampered("empty-body", Station::Credential, status, body).answer_json(
            Station::Credential,
            200,
            granted(),
        )
    }

    #[test]
    fn a_refusal_holds_and_a_grant_does_not() {
        assert_holds(&super::CHECK, &stage(400, json!({ "error": "invalid_credential_request" })));
        assert_outcome(&super::CHECK, &stage(200, granted()), Outcome::Warn);
        assert_outcome(&super::CHECK, &stage(500, json!({})), Outcome::Warn);
    }
}
