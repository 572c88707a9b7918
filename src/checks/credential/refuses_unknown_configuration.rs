//! What the metadata does not list cannot be asked for.

use super::super::requested;
use crate::checks::{
    Applies, Check, CodeIn, Control, Expectation, Judge, Level, Refusal, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-unknown-configuration",
    aliases: &[],
    since: "2026.1",
    title: "an unknown credential configuration is refused",
    level: Level::Must,
    raised_by: &[],
    applies: by_configuration,
    spec: &["vci#credential-request-errors"],
    obligation: "a credential request for a credential_configuration_id that the metadata does not list is refused with 400 unknown_credential_configuration",
    doc: "Drafts up to 15 had `unsupported_credential_type` and `unsupported_credential_format`; \
          1.0 Final has `unknown_credential_configuration`, and fixes status 400 for exactly this \
          case. An issuer that looks the configuration up in a map and lets the miss escape answers \
          404 or 500; one that falls back to its only configuration issues what nobody asked for.\n\n\
          Where the token response names `credential_identifiers`, requests must use those, and \
          this check does not apply.",
    judge: Judge::Refusal(Refusal {
        tamper: "unknown-configuration",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["unknown_credential_configuration"],
            tolerated: &["invalid_credential_request"],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

fn by_configuration(scene: &Scene<'_>) -> Applies {
    Applies::when(
        !requested::names_identifiers(scene),
        "the token response names credential_identifiers, so no configuration may be asked for",
    )
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_outcome};
    use crate::transcript::Station;
    use serde_json::json;

    #[test]
    fn it_does_not_concern_issuers_that_name_identifiers() {
        let refused = json!({ "error": "invalid_credential_request" });
        let token = json!({"access_token": "t", "authorization_details": [{
            "type": "openid_credential",
            "credential_configuration_id": "pid",
            "credential_identifiers": ["one"]
        }]});
        let stage = Stage::new()
            .tampered("unknown-configuration", Station::Credential, 400, refused)
            .answer_json(Station::Credential, 200, json!({"credentials": [{"credential": "a~"}]}))
            .answer_json(Station::Token, 200, token);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
