//! A published key is there to be used.

use serde_json::Value;

use super::announces_requests;
use crate::checks::issuer_metadata::{in_document, none_of};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::jose::{KeyError, PublicJwk};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/keys-are-usable",
    aliases: &[],
    since: "2026.3",
    title: "keys for requests can be used for encryption",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_requests,
    spec: &["vci#encrypted-messages", "rfc7517#section-4.2"],
    obligation: "each key in credential_request_encryption is public, lies on its curve, and is not reserved for anything but encryption",
    doc: "The key set of the signer is published for encryption too, with `use: sig`; or the \
          set is exported with its private members, which makes every encrypted request \
          readable to anybody; or a coordinate lost its leading zero.\n\n\
          Publish keys that were made for encryption, with `use: enc`, from the public half. \
          Keys of types that this program does not know are passed over here.",
    judge: Judge::Answers(Station::IssuerMetadata, keys_are_usable),
};

fn keys_are_usable(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let Some(offered) = metadata.request_encryption() else {
            return Finding::Silent("request encryption is not offered");
        };
        if offered.keys().is_empty() {
            return Finding::Silent("no key is published");
        }
        let faults = offered.keys().iter().filter_map(|key| {
            let name = key.get("kid").map_or("a key".to_owned(), |kid| shape::describe(Some(kid)));
            Some(format!("{name}: {}", fault(key)?))
        });
        none_of(faults, "public keys for encryption, each on its curve")
    })
}

fn fault(key: &Value) -> Option<String> {
    let jwk = match PublicJwk::from_value(key) {
        Ok(jwk) => jwk,
        Err(error) => return Some(error.to_string()),
    };
    if let Some(member) = jwk.private_members().next() {
        return Some(format!("it has the private member {member}"));
    }
    match jwk.members().get("use") {
        None => {}
        Some(purpose) if purpose == "enc" => {}
        Some(purpose) => return Some(format!("its use is {}", shape::describe(Some(purpose)))),
    }
    match jwk.to_public_key() {
        Ok(_) | Err(KeyError::Unsupported(_)) => None,
        Err(error) => Some(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::staged::{key, metadata};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, with};

    fn stage(member: &str, value: Value) -> Stage {
        let pointer = format!("/credential_request_encryption/jwks/keys/0/{member}");
        let mut metadata = metadata();
        if let Some(place) = metadata.pointer_mut("/credential_request_encryption/jwks/keys/0") {
            place[member] = value;
        }
        assert!(metadata.pointer(&pointer).is_some());
        Stage::new().issuer_metadata(metadata)
    }

    #[test]
    fn a_key_is_public_on_its_curve_and_for_encryption() {
        assert_holds(&super::CHECK, &stage("use", json!("enc")));
        assert_holds(&super::CHECK, &stage("kty", json!("RSA")));
        assert_breaks(&super::CHECK, &stage("use", json!("sig")), "its use is \"sig\"");
        let private = key().private_jwk()["d"].clone();
        assert_breaks(&super::CHECK, &stage("d", private), "private member d");
        let off = stage("y", json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"));
        assert_breaks(&super::CHECK, &off, "not a point");
        let none = with(metadata(), "/credential_request_encryption/jwks", json!({"keys": [7]}));
        assert_breaks(&super::CHECK, &Stage::new().issuer_metadata(none), "a number");
    }
}
