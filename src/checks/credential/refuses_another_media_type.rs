//! What is labelled as text is not read as JSON.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-another-media-type",
    aliases: &[],
    since: "2026.3",
    title: "a body of another media type is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request", "rfc9110#section-15.5.16"],
    obligation: "a credential request whose Content-Type is text/plain is refused with 415 or 400",
    doc: "Browsers send `text/plain` across origins without asking first, so an endpoint that reads it as JSON all the same \
          takes requests that a page was not allowed to make. Let the framework insist on `application/json`, and \
          answer 415, or 400 with `invalid_credential_request`.",
    judge: Judge::Refusal(Refusal {
        tamper: "text-body",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[415, 400],
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
        json!({"credentials": [{"credential": "a~"}]})
    }

    fn stage(status: u16, body: Value) -> Stage {
        Stage::new().tampered("text-body", Station::Credential, status, body).answer_json(
            Station::Credential,
            200,
            granted(),
        )
    }

    #[test]
    fn a_refusal_holds_and_a_grant_does_not() {
        assert_holds(&super::CHECK, &stage(415, json!({})));
        assert_outcome(&super::CHECK, &stage(200, granted()), Outcome::Warn);
        assert_outcome(&super::CHECK, &stage(500, json!({})), Outcome::Warn);
    }
}
