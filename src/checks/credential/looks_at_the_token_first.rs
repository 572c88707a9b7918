//! A stranger learns nothing from the errors of the body.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/looks-at-the-token-first",
    aliases: &[],
    since: "2026.3",
    title: "the token is looked at before the body",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6750#section-3"],
    obligation: "a malformed credential request without an access token is refused with 401",
    doc: "Where the body is parsed and validated before the token is looked at, strangers can try out what the endpoint \
          makes of anything they send. Put the check of the token before everything else in the chain.",
    judge: Judge::Refusal(Refusal {
        tamper: "malformed-without-token",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[401],
            codes: &[],
            tolerated: &[],
            code_in: CodeIn::BareChallenge,
            fixed: false,
        }],
        control: Control::NotNeeded,
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

    fn stage(status: u16, body: &Value) -> Stage {
        let challenge = [("www-authenticate", "Bearer")];
        let body = body.to_string();
        Stage::new().tampered_raw(
            "malformed-without-token",
            Station::Credential,
            status,
            &challenge,
            &body,
        )
    }

    #[test]
    fn a_challenge_holds_and_an_error_of_the_body_does_not() {
        assert_holds(&super::CHECK, &stage(401, &json!({})));
        let told = stage(400, &json!({ "error": "invalid_credential_request" }));
        assert_outcome(&super::CHECK, &told, Outcome::Warn);
        assert_outcome(&super::CHECK, &stage(200, &granted()), Outcome::Warn);
    }
}
