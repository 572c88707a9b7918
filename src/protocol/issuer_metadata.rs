//! Credential Issuer Metadata (OpenID4VCI 12.2).

use serde_json::Value;

use super::{RequestEncryption, ResponseEncryption};

/// A lens over the metadata of a credential issuer.
#[derive(Clone, Copy, Debug)]
pub struct IssuerMetadata<'a>(&'a Value);

impl<'a> IssuerMetadata<'a> {
    /// Looks at a JSON document.
    pub fn new(json: &'a Value) -> Self {
        Self(json)
    }

    /// The document itself.
    pub fn json(&self) -> &'a Value {
        self.0
    }

    /// `credential_issuer`.
    pub fn credential_issuer(&self) -> Option<&'a str> {
        self.0.get("credential_issuer")?.as_str()
    }

    /// `credential_endpoint`.
    pub fn credential_endpoint(&self) -> Option<&'a str> {
        self.0.get("credential_endpoint")?.as_str()
    }

    /// `nonce_endpoint`.
    pub fn nonce_endpoint(&self) -> Option<&'a str> {
        self.0.get("nonce_endpoint")?.as_str()
    }

    /// `deferred_credential_endpoint`.
    pub fn deferred_credential_endpoint(&self) -> Option<&'a str> {
        self.0.get("deferred_credential_endpoint")?.as_str()
    }

    /// `notification_endpoint`.
    pub fn notification_endpoint(&self) -> Option<&'a str> {
        self.0.get("notification_endpoint")?.as_str()
    }

    /// The strings of `authorization_servers`, empty when absent.
    pub fn authorization_servers(&self) -> Vec<&'a str> {
        self.0
            .get("authorization_servers")
            .and_then(Value::as_array)
            .map(|servers| servers.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default()
    }

    /// The `locale` of each text in the issuer's own `display` and in that of its configurations,
    /// each once, in the order of the document.
    pub fn locales(&self) -> Vec<&'a str> {
        let of_configurations = self.configurations().filter_map(|(_, configuration)| {
            configuration.json().pointer("/credential_metadata/display")
        });
        let displays = self.0.get("display").into_iter().chain(of_configurations);
        let mut locales = Vec::new();
        for text in displays.filter_map(Value::as_array).flatten() {
            if let Some(locale) = text.get("locale").and_then(Value::as_str)
                && !locales.contains(&locale)
            {
                locales.push(locale);
            }
        }
        locales
    }

    /// Whether `batch_credential_issuance` is there.
    pub fn has_batch_credential_issuance(&self) -> bool {
        self.0.get("batch_credential_issuance").is_some()
    }

    /// `batch_credential_issuance.batch_size`.
    pub fn batch_size(&self) -> Option<u64> {
        self.0.pointer("/batch_credential_issuance/batch_size")?.as_u64()
    }

    /// `credential_request_encryption`.
    pub fn request_encryption(&self) -> Option<RequestEncryption<'a>> {
        self.0.get("credential_request_encryption").map(RequestEncryption::new)
    }

    /// `credential_response_encryption`.
    pub fn response_encryption(&self) -> Option<ResponseEncryption<'a>> {
        self.0.get("credential_response_encryption").map(ResponseEncryption::new)
    }

    /// The entries of `credential_configurations_supported`.
    pub fn configurations(&self) -> impl Iterator<Item = (&'a str, Configuration<'a>)> {
        self.0
            .get("credential_configurations_supported")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(id, json)| (id.as_str(), Configuration(json)))
    }

    /// The configuration of that id.
    pub fn configuration(&self, id: &str) -> Option<Configuration<'a>> {
        self.configurations()
            .find(|(other, _)| *other == id)
            .map(|(_, configuration)| configuration)
    }
}

/// A lens over one entry of `credential_configurations_supported`.
#[derive(Clone, Copy, Debug)]
pub struct Configuration<'a>(&'a Value);

impl<'a> Configuration<'a> {
    /// The entry itself.
    pub fn json(&self) -> &'a Value {
        self.0
    }

    /// `format`.
    pub fn format(&self) -> Option<&'a str> {
        self.0.get("format")?.as_str()
    }

    /// `vct`.
    pub fn vct(&self) -> Option<&'a str> {
        self.0.get("vct")?.as_str()
    }

    /// Whether this is an SD-JWT VC, under its present or its former format identifier.
    pub fn is_sd_jwt_vc(&self) -> bool {
        matches!(self.format(), Some("dc+sd-jwt" | "vc+sd-jwt"))
    }

    /// `doctype`.
    pub fn doctype(&self) -> Option<&'a str> {
        self.0.get("doctype")?.as_str()
    }

    /// Whether this is an mdoc.
    pub fn is_mdoc(&self) -> bool {
        self.format() == Some("mso_mdoc")
    }

    /// The strings of `credential_definition.type`, empty when absent.
    pub fn types(&self) -> Vec<&'a str> {
        self.defined("type")
    }

    /// The strings of `credential_definition.@context`, empty when absent.
    pub fn contexts(&self) -> Vec<&'a str> {
        self.defined("@context")
    }

    fn defined(&self, member: &str) -> Vec<&'a str> {
        let definition = self.0.get("credential_definition");
        let values = definition.and_then(|definition| definition.get(member)?.as_array());
        values.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Whether this is a W3C credential in a JWT, with or without JSON-LD.
    pub fn is_jwt_vc(&self) -> bool {
        matches!(self.format(), Some("jwt_vc_json" | "jwt_vc_json-ld"))
    }

    /// Whether `proof_types_supported` has the `jwt` type.
    pub fn supports_jwt_proofs(&self) -> bool {
        self.0.pointer("/proof_types_supported/jwt").is_some()
    }

    /// Whether `proof_types_supported` has the `attestation` type.
    pub fn supports_attestation_proofs(&self) -> bool {
        self.0.pointer("/proof_types_supported/attestation").is_some()
    }

    /// `key_attestations_required` of a proof type, such as `jwt`.
    pub fn key_attestations_required(&self, proof_type: &str) -> Option<&'a Value> {
        let types = self.0.get("proof_types_supported")?;
        types.get(proof_type)?.get("key_attestations_required").filter(|value| value.is_object())
    }

    /// Whether proofs of the `jwt` type must carry a key attestation.
    pub fn requires_key_attestations(&self) -> bool {
        self.key_attestations_required("jwt").is_some()
    }

    /// The values that `key_attestations_required` of a proof type accepts under that name, empty
    /// where it accepts any.
    pub fn accepted_levels(&self, proof_type: &str, name: &str) -> Vec<&'a str> {
        self.key_attestations_required(proof_type)
            .and_then(|required| required.get(name)?.as_array())
            .map(|levels| levels.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default()
    }

    /// The strings of `proof_signing_alg_values_supported` of a proof type, empty when absent.
    pub fn proof_algorithms(&self, proof_type: &str) -> Vec<&'a str> {
        let types = self.0.get("proof_types_supported");
        let proofs = types.and_then(|types| types.get(proof_type));
        proofs
            .and_then(|proofs| proofs.get("proof_signing_alg_values_supported")?.as_array())
            .map(|listed| listed.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default()
    }

    /// Whether `proof_types_supported` is there at all.
    pub fn asks_for_proofs(&self) -> bool {
        self.0.get("proof_types_supported").is_some()
    }

    /// The strings of `cryptographic_binding_methods_supported`, empty when absent.
    pub fn binding_methods(&self) -> Vec<&'a str> {
        self.0
            .get("cryptographic_binding_methods_supported")
            .and_then(Value::as_array)
            .map(|methods| methods.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default()
    }
}
