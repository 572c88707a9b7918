//! How a configuration is described in the metadata: what 1.0 says, in the words of the dialect.

use serde_json::{Map, Value, json};

use super::{Descriptions, Dialect};
use crate::{algorithm::Algorithm, credentials::Credential, formats::Format};

/// The value in `credential_configurations_supported`.
pub fn describe(
    dialect: &Dialect,
    credential: &Credential,
    proof_algorithms: &[Algorithm],
) -> Value {
    let mut described = credential.metadata(proof_algorithms);
    described["format"] = json!(dialect.format_name(credential.format));
    if credential.format == Format::Mdoc && !dialect.cose_algorithms {
        described["credential_signing_alg_values_supported"] = json!([credential.algorithm.name()]);
    }
    place_descriptions(dialect.descriptions, credential, &mut described);
    described
}

fn place_descriptions(place: Descriptions, credential: &Credential, described: &mut Value) {
    let Some(members) = described.as_object_mut() else { return };
    if place == Descriptions::CredentialMetadata {
        return;
    }
    let mut inner = members.remove("credential_metadata").unwrap_or_default();
    let display = inner["display"].take();
    match place {
        Descriptions::CredentialMetadata | Descriptions::Nowhere => {}
        Descriptions::Paths => {
            members.insert("display".to_owned(), display);
            members.insert("claims".to_owned(), inner["claims"].take());
        }
        Descriptions::Nested => {
            members.insert("display".to_owned(), display);
            let claims = nested(&credential.dataset, credential);
            match members.get_mut("credential_definition") {
                Some(definition) => definition["credentialSubject"] = Value::Object(claims),
                None => {
                    members.insert("claims".to_owned(), Value::Object(claims));
                }
            }
        }
    }
}

/// Claims as objects within objects, as deep as objects go.
fn nested(dataset: &Map<String, Value>, credential: &Credential) -> Map<String, Value> {
    let described = |(name, value): (&String, &Value)| {
        let inner = match value {
            Value::Object(members) => Value::Object(nested(members, credential)),
            _ => {
                let display = json!([{"name": name.replace('_', " "), "locale": "en"}]);
                let is_mandatory = credential.mandatory.contains(&name.as_str());
                json!({"display": display, "mandatory": is_mandatory})
            }
        };
        (name.clone(), inner)
    };
    dataset.iter().map(described).collect()
}
