//! What is not there is left out: neither an empty list nor null says so.

use serde_json::{Map, Value};

use super::{in_document, none_of};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/leaves-out-what-is-empty",
    aliases: &[],
    since: "2026.3",
    title: "issuer metadata has no empty lists and no null",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-parameters", "vci#claims-description-issuer-metadata"],
    obligation: "lists that the specification calls non-empty have entries, and no parameter of it is null",
    doc: "Most parameters of the metadata are optional, and their absence has a meaning: no `proof_types_supported`, no \
          proofs. An empty list or `null` in their place has none, and typed readers stop at it: they expect an \
          object, or at least one entry. Serializers write both unless they are told not to.\n\n\
          Configure the serializer of this document to leave out what is null or empty. Members that the \
          specification does not define are not looked at.",
    judge: Judge::Answers(Station::IssuerMetadata, leaves_out_what_is_empty),
};

/// The lists that have entries where they are there.
const LISTS: &[&str] = &[
    "authorization_servers",
    "display",
    "alg_values_supported",
    "enc_values_supported",
    "zip_values_supported",
    "credential_signing_alg_values_supported",
    "cryptographic_binding_methods_supported",
    "proof_signing_alg_values_supported",
    "key_storage",
    "user_authentication",
    "claims",
    "path",
];

/// The objects with parameters of the specification.
const OBJECTS: &[&str] = &[
    "credential_request_encryption",
    "credential_response_encryption",
    "batch_credential_issuance",
    "key_attestations_required",
    "credential_metadata",
    "credential_definition",
    "jwks",
    "logo",
    "background_image",
];

/// The objects whose members have names of the issuer's own, or of extensions, and are objects.
const MAPS: &[&str] = &["credential_configurations_supported", "proof_types_supported"];

fn leaves_out_what_is_empty(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let mut faults = Vec::new();
        for (name, value) in metadata.json().as_object().into_iter().flatten() {
            look(name, name, value, &mut faults);
        }
        none_of(faults.into_iter(), "no empty list, and no null")
    })
}

/// Looks at a member and at what is in it; a document that could be read is nested 128 levels deep
/// at most.
fn look(place: &str, name: &str, value: &Value, faults: &mut Vec<String>) {
    let is_map = MAPS.contains(&name);
    let is_known = is_map || LISTS.contains(&name) || OBJECTS.contains(&name);
    match value {
        _ if !is_known => {}
        Value::Null => faults.push(format!("{place} is null")),
        Value::Array(entries) if entries.is_empty() => faults.push(format!("{place} is empty")),
        Value::Array(entries) => {
            for entry in entries.iter().filter_map(Value::as_object) {
                members(place, entry, faults);
            }
        }
        Value::Object(entries) if is_map => {
            for (own, entry) in entries {
                match entry.as_object() {
                    Some(entry) => members(&format!("{place}.{own}"), entry, faults),
                    None if entry.is_null() => faults.push(format!("{place}.{own} is null")),
                    None => {}
                }
            }
        }
        Value::Object(inner) => members(place, inner, faults),
        _ => {}
    }
}

fn members(place: &str, object: &Map<String, Value>, faults: &mut Vec<String>) {
    for (name, value) in object {
        look(&format!("{place}.{name}"), name, value, faults);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{PID, honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn what_is_filled_or_left_out_holds() {
        assert_holds(&super::CHECK, &honest());
        let claims = json!({ "claims": [{ "path": ["nationalities", null] }] });
        assert_holds(&super::CHECK, &metadata_with(&format!("{PID}/credential_metadata"), claims));
        assert_holds(&super::CHECK, &metadata_with("/vendor", json!({ "display": [] })));
    }

    #[test]
    fn empty_lists_and_null_warn_wherever_they_are() {
        let claims = json!({ "claims": [{ "path": ["a"], "display": [] }] });
        for (pointer, value, says) in [
            ("/authorization_servers", json!([]), "authorization_servers is empty"),
            (
                "/credential_request_encryption",
                json!(null),
                "credential_request_encryption is null",
            ),
            (&format!("{PID}/proof_types_supported/jwt"), json!(null), "jwt is null"),
            (&format!("{PID}/credential_metadata"), claims, "claims.display is empty"),
        ] {
            let stage = metadata_with(pointer, value);
            assert_breaks(&super::CHECK, &stage, says);
            assert_outcome(&super::CHECK, &stage, Outcome::Warn);
        }
    }
}
