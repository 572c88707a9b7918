//! A request names what it wants by an identifier.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-a-format",
    aliases: &[],
    since: "2026.3",
    title: "a request by format and type is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request"],
    obligation: "a credential request that describes the credential by format and type is refused with 400 invalid_credential_request",
    doc: "Drafts before 15 had wallets send `format` with `vct` or `doctype`; 1.0 has two kinds of identifiers and nothing \
          else. An issuer that ignores those members as unknown is left with a request that names nothing: it must \
          not fall back to the only thing that it has.",
    judge: Judge::Refusal(Refusal {
        tamper: "names-format",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_credential_request"],
            tolerated: &["unknown_credential_configuration", "unknown_credential_identifier"],
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
        Stage::new().tampered("names-format", Station::Credential, status, body).answer_json(
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
