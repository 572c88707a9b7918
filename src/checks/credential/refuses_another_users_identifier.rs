//! An identifier names one dataset of one person.

use crate::checks::{
    Applies, Check, CodeIn, Control, Expectation, Judge, Level, Refusal, Scene, applicability,
    requested,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-another-users-identifier",
    aliases: &[],
    since: "2026.3",
    title: "a credential identifier of another user is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: names_identifiers,
    spec: &["vci#token-response", "vci#credential-request"],
    obligation: "a credential request by a credential_identifier that was given with another user's token is refused",
    doc: "The identifier says which dataset is wanted, the access token who may have it. An issuer that looks the \
          dataset up by the identifier alone issues anybody's data to anybody who learns or guesses one. \
          Look among the identifiers that belong to the token, and answer the rest with \
          `unknown_credential_identifier`, or with 403 and `insufficient_scope` in `WWW-Authenticate`.",
    judge: Judge::Refusal(Refusal {
        tamper: "another-users-identifier",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400, 401, 403],
            codes: &[
                "unknown_credential_identifier",
                "insufficient_scope",
                "invalid_token",
                "credential_request_denied",
            ],
            tolerated: &["invalid_credential_request"],
            code_in: CodeIn::Either,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

fn names_identifiers(scene: &Scene<'_>) -> Applies {
    let unknown = scene.granted(Station::Token).next().is_none();
    Applies::when(
        unknown || requested::names_identifiers(scene),
        "no token response names credential_identifiers",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(token: Value, status: u16) -> Stage {
        let given = json!({ "credentials": [{ "credential": "c" }] });
        let refused = json!({ "error": "unknown_credential_identifier" });
        let body = if status == 200 { given.clone() } else { refused };
        Stage::new()
            .answer_json(Station::Token, 200, token)
            .answer_json(Station::Credential, 200, given)
            .tampered("another-users-identifier", Station::Credential, status, body)
    }

    fn named() -> Value {
        json!({ "access_token": "t", "authorization_details": [{
            "type": "openid_credential",
            "credential_configuration_id": "pid",
            "credential_identifiers": ["one"]
        }] })
    }

    #[test]
    fn what_is_anothers_is_unknown() {
        assert_holds(&super::CHECK, &stage(named(), 400));
        assert_outcome(&super::CHECK, &stage(named(), 200), Outcome::Warn);
        let bare = json!({ "access_token": "t" });
        assert_outcome(&super::CHECK, &stage(bare, 400), Outcome::NotApplicable);
    }
}
