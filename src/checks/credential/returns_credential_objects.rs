//! Each credential is an object in an array, not a bare string.

use super::super::shape;
use crate::checks::{Answered, Check, Finding, Judge, Level, Requested, Scene, applicability};
use crate::protocol::Deferral;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/returns-credential-objects",
    aliases: &[],
    since: "2026.1",
    title: "credentials is a non-empty array of objects with credential",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-response", "vci#format-profiles"],
    obligation: "the credentials member is a non-empty array of objects, each with a credential in the JSON type that its format asks for",
    doc: "Drafts up to 13 answered with a single `credential`, and draft 14 with an array of bare \
          strings; an issuer that grew up with them often keeps the old shape. 1.0 Final has \
          `{\"credentials\": [{\"credential\": …}]}` even for one credential.\n\n\
          `credential` is a string for `dc+sd-jwt`, `jwt_vc_json` and `mso_mdoc`: put the compact \
          form there as it is, neither parsed into JSON nor encoded once more. For `ldp_vc` it is a \
          JSON object, with `@context`, `type` and `proof`, and not the text of one.",
    judge: Judge::Answers(Station::Credential, returns_credential_objects),
};

/// Formats whose credentials are strings (OpenID4VCI Appendix A).
const STRING_FORMATS: &[&str] =
    &["dc+sd-jwt", "vc+sd-jwt", "jwt_vc_json", "jwt_vc_json-ld", "mso_mdoc"];
/// The format whose credentials are JSON objects, and what they have (OpenID4VCI A.1.2.4).
const LINKED_DATA: &str = "ldp_vc";
const LINKED_DATA_MEMBERS: [&str; 3] = ["@context", "type", "proof"];

fn returns_credential_objects(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(json) = answered.json.filter(|_| answered.answer.is_success()) else {
        return Finding::Silent("no JSON was given");
    };
    if Deferral::read(json).is_some() {
        return Finding::Silent("the credential is still to come");
    }
    let request = Requested::read(answered.exchange, scene);
    let format = request.as_ref().and_then(|request| request.configuration(scene)?.format());
    let expected = "credentials: an array of objects with credential";
    let Some(credentials) = json.get("credentials") else {
        let found = if json.get("credential").is_some() {
            "a single credential member, as in drafts up to 13"
        } else {
            "no credentials member"
        };
        return Finding::breaks(expected, found);
    };
    let Some(credentials) = credentials.as_array() else {
        return Finding::breaks(
            expected,
            format!("credentials is {}", shape::kind(Some(credentials))),
        );
    };
    if credentials.is_empty() {
        return Finding::breaks(expected, "an empty array");
    }
    for (index, entry) in credentials.iter().enumerate() {
        let Some(entry) = entry.as_object() else {
            return Finding::breaks(
                expected,
                format!("credentials[{index}] is {}", shape::kind(Some(entry))),
            );
        };
        let Some(credential) = entry.get("credential") else {
            return Finding::breaks(expected, format!("no credential in credentials[{index}]"));
        };
        if format == Some(LINKED_DATA) {
            let has = |name: &&str| credential.get(*name).is_some();
            if !LINKED_DATA_MEMBERS.iter().all(has) {
                let wanted = "an object with @context, type and proof for ldp_vc";
                let found = shape::kind(Some(credential));
                return Finding::breaks(
                    wanted,
                    format!("credentials[{index}].credential is {found}"),
                );
            }
            continue;
        }
        let stringly = format.is_some_and(|format| STRING_FORMATS.contains(&format));
        if !(credential.is_string() || credential.is_object() && !stringly) {
            let wanted = format!("a string for {}", format.unwrap_or("this format"));
            let found =
                format!("credentials[{index}].credential is {}", shape::kind(Some(credential)));
            return Finding::breaks(wanted, found);
        }
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata, with,
    };
    use crate::transcript::{Ending, Station};
    use serde_json::{Value, json};

    fn stage(body: Value) -> Stage {
        Stage::new()
            .issuer_metadata(honest_metadata())
            .answer_json(Station::Credential, 200, body)
            .sent(
                "POST",
                "https://issuer.example/credential",
                &[],
                r#"{"credential_configuration_id":"pid"}"#,
            )
    }

    #[test]
    fn objects_in_an_array_hold() {
        assert_holds(&super::CHECK, &stage(json!({"credentials": [{"credential": "a~"}]})));
    }

    #[test]
    fn linked_data_is_an_object_with_a_proof() {
        let pointer = "/credential_configurations_supported/pid/format";
        let stage = |credential: Value| {
            let metadata = with(honest_metadata(), pointer, json!("ldp_vc"));
            stage(json!({"credentials": [{"credential": credential}]})).issuer_metadata(metadata)
        };
        let whole = json!({"@context": [], "type": [], "proof": {}});
        assert_holds(&super::CHECK, &stage(whole.clone()));
        assert_breaks(&super::CHECK, &stage(json!(whole.to_string())), "a string");
        assert_breaks(&super::CHECK, &stage(json!({"type": []})), "an object");
    }

    #[test]
    fn a_deferred_credential_is_still_to_come() {
        let stage = stage(json!({"transaction_id": "t", "interval": 5}));
        assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
        let check = &crate::checks::credential::matches_the_request::CHECK;
        assert_outcome(check, &stage, Outcome::NotTestable);
    }

    #[test]
    fn what_comes_later_is_judged_like_what_comes_at_once() {
        let stage = |body: Value| {
            stage(json!({"transaction_id": "t", "interval": 5}))
                .answer_json(Station::Deferred, 200, body)
                .sent("POST", "https://issuer.example/deferred", &[], r#"{"transaction_id":"t"}"#)
        };
        assert_holds(&super::CHECK, &stage(json!({"credentials": [{"credential": "a~"}]})));
        assert_breaks(&super::CHECK, &stage(json!({"credential": "a~"})), "single credential");
    }

    #[test]
    fn what_was_seen_before_a_wallet_gave_up_is_judged() {
        let why = || "the issuer requires encryption".to_owned();
        let ended = |mut stage: Stage| {
            stage.transcript().ending = Ending::NotApplicable { why: why() };
            stage
        };
        assert_outcome(&super::CHECK, &ended(Stage::new()), Outcome::NotApplicable);
        let seen = ended(Stage::new().issuer_metadata(honest_metadata()));
        assert_outcome(&super::CHECK, &seen, Outcome::NotApplicable);
        assert_breaks(&super::CHECK, &ended(stage(json!({}))), "no credentials");
    }

    #[test]
    fn the_shapes_of_drafts_and_other_nonsense_do_not() {
        let cases = [
            (json!({"credential": "a~"}), "drafts up to 13"),
            (json!({"credentials": ["a~"]}), "credentials[0] is a string"),
            (json!({"credentials": []}), "empty"),
            (json!({"credentials": {"credential": "a~"}}), "an object"),
            (json!({"credentials": [{"credential": {"a": 1}}]}), "an object"),
            (json!({"credentials": [{"credential": null}]}), "null"),
            (json!({}), "no credentials"),
        ];
        for (body, says) in cases {
            assert_breaks(&super::CHECK, &stage(body), says);
        }
    }
}
