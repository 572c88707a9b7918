//! The Credential Request and the Credential Response (OpenID4VCI 8.2, 8.3).

use serde_json::Value;

use super::Deferral;

/// A lens over a credential request, as the judge reads what the wallet sent.
#[derive(Clone, Copy, Debug)]
pub struct CredentialRequest<'a>(&'a Value);

impl<'a> CredentialRequest<'a> {
    /// Looks at a JSON document.
    pub fn new(json: &'a Value) -> Self {
        Self(json)
    }

    /// `credential_configuration_id`.
    pub fn credential_configuration_id(&self) -> Option<&'a str> {
        self.0.get("credential_configuration_id")?.as_str()
    }

    /// `credential_identifier`.
    pub fn credential_identifier(&self) -> Option<&'a str> {
        self.0.get("credential_identifier")?.as_str()
    }

    /// The key proofs of the `jwt` type, also the single one that drafts until 15 had in `proof`.
    pub fn jwt_proofs(&self) -> Vec<&'a str> {
        let single = self.0.pointer("/proof/jwt").and_then(Value::as_str);
        self.proofs("/proofs/jwt").into_iter().chain(single).collect()
    }

    /// The key proofs of the `attestation` type.
    pub fn attestation_proofs(&self) -> Vec<&'a str> {
        self.proofs("/proofs/attestation")
    }

    fn proofs(&self, pointer: &str) -> Vec<&'a str> {
        self.0
            .pointer(pointer)
            .and_then(Value::as_array)
            .map(|proofs| proofs.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default()
    }
}

/// A lens over a credential response.
#[derive(Clone, Copy, Debug)]
pub struct CredentialResponse<'a>(&'a Value);

impl<'a> CredentialResponse<'a> {
    /// Looks at a JSON document.
    pub fn new(json: &'a Value) -> Self {
        Self(json)
    }

    /// The credentials that are strings, in the shape of 1.0 Final and in those of the drafts
    /// before it: objects with `credential`, bare strings, or a single `credential`.
    pub fn credentials(&self) -> Vec<&'a str> {
        if let Some(credentials) = self.0.get("credentials").and_then(Value::as_array) {
            return credentials
                .iter()
                .filter_map(|entry| entry.get("credential").unwrap_or(entry).as_str())
                .collect();
        }
        self.0.get("credential").and_then(Value::as_str).into_iter().collect()
    }

    /// Whether it has credentials, whatever they look like.
    pub fn is_issued(&self) -> bool {
        ["credentials", "credential"]
            .iter()
            .any(|name| self.0.get(name).is_some_and(|value| !value.is_null()))
    }

    /// How many credentials it has, whatever they look like.
    pub fn count(&self) -> usize {
        match self.0.get("credentials").and_then(Value::as_array) {
            Some(credentials) => credentials.len(),
            None => usize::from(self.is_issued()),
        }
    }

    /// Whether it answers a credential request at all: with credentials, or by putting them off.
    pub fn is_granted(&self) -> bool {
        self.is_issued() || Deferral::read(self.0).is_some()
    }

    /// `notification_id`.
    pub fn notification_id(&self) -> Option<&'a str> {
        self.0.get("notification_id")?.as_str()
    }
}
