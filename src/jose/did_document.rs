//! A DID document: which keys it has, and what they are for (DID Core 5.2, 5.3).

use serde_json::Value;

use super::did::{self, DidError};
use super::jwk::{KeyError, PublicJwk};

/// Further verification methods are not read.
const MOST: usize = 64;

/// A key of a DID document.
#[derive(Clone, Debug, PartialEq)]
pub struct VerificationMethod<'a> {
    /// Its DID URL, made absolute.
    pub id: String,
    /// The DID that controls it, if it is a string.
    pub controller: Option<&'a str>,
    /// Whether the document lets it sign claims (`assertionMethod`).
    pub asserts: bool,
    json: &'a Value,
}

impl VerificationMethod<'_> {
    /// The key: `publicKeyJwk`, or `publicKeyMultibase` of a kind that did:key has too.
    ///
    /// # Errors
    /// [`DidError`] where it is in another form, or unreadable.
    pub fn key(&self) -> Result<PublicJwk, DidError> {
        if let Some(jwk) = self.json.get("publicKeyJwk") {
            return Ok(PublicJwk::from_value(jwk)?);
        }
        match self.json.get("publicKeyMultibase").and_then(Value::as_str) {
            Some(multibase) => did::resolve(&format!("did:key:{multibase}")),
            None => Err(KeyError::Unsupported(
                "a verification method without publicKeyJwk or publicKeyMultibase".to_owned(),
            )
            .into()),
        }
    }
}

/// The keys of a document for that DID: those in `verificationMethod`, and those that stand in
/// `assertionMethod` itself.
pub fn verification_methods<'a>(document: &'a Value, did: &str) -> Vec<VerificationMethod<'a>> {
    let asserting = entries(document, "assertionMethod");
    let is_asserting = |id: &str| {
        let named = asserting.iter().filter_map(|entry| entry.as_str());
        named.map(|name| absolute(name, did)).any(|name| name == id)
    };
    let read = |json: &'a Value, embedded: bool| {
        let id = absolute(json.get("id")?.as_str()?, did);
        let controller = json.get("controller").and_then(Value::as_str);
        let asserts = embedded || is_asserting(&id);
        Some(VerificationMethod { id, controller, asserts, json })
    };
    let listed = entries(document, "verificationMethod");
    let listed = listed.into_iter().filter_map(|json| read(json, false));
    listed.chain(asserting.iter().filter_map(|json| read(json, true))).collect()
}

fn entries<'a>(document: &'a Value, name: &str) -> Vec<&'a Value> {
    let entries = document.get(name).and_then(Value::as_array);
    entries.into_iter().flatten().take(MOST).collect()
}

/// A DID URL that may be relative to the DID of its document (DID Core 3.2.2).
fn absolute(url: &str, did: &str) -> String {
    if url.starts_with('#') { format!("{did}{url}") } else { url.to_owned() }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::json;

    use super::super::private_key::PrivateKey;
    use super::*;

    const DID: &str = "did:web:h.example";

    #[test]
    fn keys_are_found_in_each_place_and_form() {
        let key = PrivateKey::from_bytes(&[7; 32]).unwrap();
        let (jwk, url) = (key.public_jwk().to_value(), did::key_url(&key.public_key()));
        let multibase = url.split('#').nth(1).unwrap_or_default();
        let document = json!({
            "id": DID,
            "verificationMethod": [
                {"id": "did:web:h.example#a", "controller": DID, "publicKeyJwk": jwk},
                {"id": "#b", "controller": "did:web:other", "publicKeyMultibase": multibase},
                {"id": "#c", "publicKeyBase58": "x"},
                {"no": "id"},
                7
            ],
            "assertionMethod": ["#a", {"id": "#d", "controller": DID, "publicKeyJwk": jwk}]
        });
        let methods = verification_methods(&document, DID);
        let told: Vec<(&str, bool)> =
            methods.iter().map(|one| (one.id.as_str(), one.asserts)).collect();
        assert_eq!(
            told,
            [
                ("did:web:h.example#a", true),
                ("did:web:h.example#b", false),
                ("did:web:h.example#c", false),
                ("did:web:h.example#d", true),
            ]
        );
        assert_eq!(methods[0].key().unwrap(), key.public_jwk());
        assert_eq!(methods[1].key().unwrap(), key.public_jwk());
        assert_eq!(methods[1].controller, Some("did:web:other"));
        assert!(methods[2].key().unwrap_err().to_string().contains("publicKeyJwk"));
    }

    #[test]
    fn nonsense_has_no_keys() {
        for document in [json!(null), json!([]), json!({"verificationMethod": "x"})] {
            assert!(verification_methods(&document, DID).is_empty());
        }
    }
}
