//! An identifier is good for the token that it came with.

use super::super::requested;
use crate::checks::{
    Applies, Check, CodeIn, Control, Expectation, Judge, Level, Refusal, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-unknown-identifiers",
    aliases: &[],
    since: "2026.3",
    title: "an unknown credential identifier is refused",
    level: Level::Must,
    raised_by: &[],
    applies: by_identifier,
    spec: &["vci#credential-request-errors"],
    obligation: "a credential request by an identifier that the token response did not name is refused with 400 unknown_credential_identifier",
    doc: "The token response lists what the token is for. An issuer that takes any text for an identifier, or falls back to \
          its first dataset, issues what nobody authorized; one that lets the missing entry escape answers 404 or \
          500.",
    judge: Judge::Refusal(Refusal {
        tamper: "made-up-identifier",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["unknown_credential_identifier"],
            tolerated: &["invalid_credential_request"],
            code_in: CodeIn::Body,
            fixed: true,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

fn by_identifier(scene: &Scene<'_>) -> Applies {
    Applies::when(
        requested::names_identifiers(scene),
        "no token response names credential_identifiers",
    )
}

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
        let token = json!({
            "access_token": "t",
            "authorization_details": [{
                "type": "openid_credential",
                "credential_configuration_id": "pid",
                "credential_identifiers": ["pid-1"]
            }]
        });
        Stage::new()
            .answer_json(Station::Token, 200, token)
            .tampered("made-up-identifier", Station::Credential, status, body)
            .answer_json(Station::Credential, 200, granted())
    }

    #[test]
    fn a_refusal_holds_and_a_grant_does_not() {
        assert_holds(
            &super::CHECK,
            &stage(400, json!({ "error": "unknown_credential_identifier" })),
        );
        assert_outcome(&super::CHECK, &stage(200, granted()), Outcome::Fail);
        assert_outcome(&super::CHECK, &stage(500, json!({})), Outcome::Fail);
    }
}
