//! How the wallet encrypts its requests and asks for encrypted answers (OpenID4VCI 8.2, 10): with a
//! fresh key for each request, and never more than the issuer announces.

use serde_json::{Value, json};

use super::dpop::fresh_identifier;
use super::draft::{Content, Draft};
use super::session::{Session, Stop};
use crate::jose::jwe::{DEFLATE, ECDH_ES};
use crate::jose::{ContentEncryption, JweDraft, PrivateKey, PublicJwk, PublicKey};
use crate::protocol::{IssuerMetadata, RequestEncryption, ResponseEncryption};
use crate::scenario::EncryptionUse;

/// The most ways of encrypting a request that are tried out.
const MOST_METHODS: usize = 12;

/// Encrypts a request and asks for an encrypted answer, as far as the settings and the issuer want
/// that.
pub fn apply(session: &Session, draft: &mut Draft) -> Result<(), Stop> {
    let issuer = session.issuer()?;
    let metadata = issuer.credential();
    let settings = &session.settings;
    let wants_response = wants_response(&metadata, settings.encryption);
    if let Some(offered) = metadata.response_encryption().filter(|_| wants_response) {
        let found = encryptions(&offered.content_encryptions());
        let encryption = found.get(session.encryption_method % found.len().max(1));
        let encryption = encryption.ok_or_else(|| Stop::NotApplicable(NO_RESPONSE.to_owned()))?;
        let key = PrivateKey::generate().map_err(|error| Stop::Failed(error.to_string()))?;
        let kid = fresh_identifier();
        session.recorder.decryption_key(&session.name, with_kid(key.private_jwk(), &kid));
        let mut wanted = json!({
            "jwk": with_kid(key.public_jwk().members().clone(), &kid),
            "enc": encryption.name(),
        });
        if settings.compression && offered.compressions().contains(&DEFLATE) {
            wanted["zip"] = json!(DEFLATE);
        }
        if let Content::Json(Value::Object(request)) = &mut draft.content {
            request.insert("credential_response_encryption".into(), wanted);
        }
        draft.opens_with = Some(key);
    }
    if wants_response || wants_request(&metadata, settings.encryption) {
        let methods = metadata.request_encryption().map(|offered| methods(&offered));
        let mut methods = methods.unwrap_or_default().into_iter();
        draft.encryption = methods.nth(session.encryption_method);
        let compresses = metadata
            .request_encryption()
            .is_some_and(|offered| offered.compressions().contains(&DEFLATE));
        if settings.compression && compresses {
            draft.encryption = draft.encryption.take().map(JweDraft::compressed);
        }
    }
    Ok(())
}

/// How many ways of encrypting a request the issuer announces and the wallet speaks.
pub fn count_of_methods(metadata: &IssuerMetadata<'_>) -> usize {
    metadata.request_encryption().map_or(0, |offered| methods(&offered).len())
}

const NO_RESPONSE: &str = "credential_response_encryption lists no ECDH-ES with A128GCM or A256GCM, which this wallet speaks";
const NO_REQUEST: &str = "credential_request_encryption has no P-256 key for ECDH-ES with A128GCM or A256GCM, which this wallet speaks";

/// Why the wallet cannot encrypt as the settings and the issuer want it, or nothing.
pub fn obstacle(metadata: &IssuerMetadata<'_>, wanted: EncryptionUse) -> Option<String> {
    let response = metadata.response_encryption().filter(|_| wants_response(metadata, wanted));
    if response.is_some_and(|offered| !speaks(&offered)) {
        return Some(NO_RESPONSE.to_owned());
    }
    let request = metadata.request_encryption();
    let request = request.filter(|_| response.is_some() || wants_request(metadata, wanted));
    (request.is_some_and(|offered| methods(&offered).is_empty())).then(|| NO_REQUEST.to_owned())
}

fn wants_response(metadata: &IssuerMetadata<'_>, wanted: EncryptionUse) -> bool {
    match wanted {
        EncryptionUse::Never => false,
        EncryptionUse::Response => true,
        EncryptionUse::WhereRequired | EncryptionUse::Request => {
            metadata.response_encryption().is_some_and(|offered| offered.is_required())
        }
    }
}

fn wants_request(metadata: &IssuerMetadata<'_>, wanted: EncryptionUse) -> bool {
    match wanted {
        EncryptionUse::Never => false,
        EncryptionUse::Request => true,
        EncryptionUse::WhereRequired | EncryptionUse::Response => {
            metadata.request_encryption().is_some_and(|offered| offered.is_required())
        }
    }
}

fn speaks(offered: &ResponseEncryption<'_>) -> bool {
    offered.algorithms().contains(&ECDH_ES)
        && !encryptions(&offered.content_encryptions()).is_empty()
}

/// Every published key that the wallet can use, with every content encryption.
fn methods(offered: &RequestEncryption<'_>) -> Vec<JweDraft> {
    let encryptions = encryptions(&offered.content_encryptions());
    let keys = offered.keys().iter().filter_map(usable);
    keys.flat_map(|key| encryptions.iter().map(move |one| JweDraft::new(key.clone(), *one)))
        .take(MOST_METHODS)
        .collect()
}

/// A key for direct agreement on P-256 that is not reserved for something else.
fn usable(key: &Value) -> Option<PublicJwk> {
    let key = PublicJwk::from_value(key).ok()?;
    let is_for_encryption = key.members().get("use").is_none_or(|purpose| purpose == "enc");
    let is_on_curve = matches!(key.to_public_key(), Ok(PublicKey::P256(_)));
    (key.algorithm() == Some(ECDH_ES) && is_for_encryption && is_on_curve).then_some(key)
}

fn encryptions(names: &[&str]) -> Vec<ContentEncryption> {
    names.iter().filter_map(|name| ContentEncryption::named(name)).collect()
}

/// A key for the answer, with everything that a key for encryption says of itself.
fn with_kid(mut members: serde_json::Map<String, Value>, kid: &str) -> Value {
    members.insert("kid".into(), json!(kid));
    members.insert("use".into(), json!("enc"));
    members.insert("alg".into(), json!(ECDH_ES));
    Value::Object(members)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    fn metadata(required: bool, keys: &[Value]) -> Value {
        json!({
            "credential_response_encryption": {
                "alg_values_supported": ["ECDH-ES"], "enc_values_supported": ["A256GCM"],
                "encryption_required": required
            },
            "credential_request_encryption": {
                "jwks": { "keys": keys }, "enc_values_supported": ["A128GCM", "A256GCM"],
                "encryption_required": required
            }
        })
    }

    fn key(alg: &str, purpose: &str) -> Value {
        let mut key = PrivateKey::generate().unwrap().public_jwk().to_value();
        key["kid"] = json!("k");
        key["alg"] = json!(alg);
        key["use"] = json!(purpose);
        key
    }

    #[test]
    fn a_key_of_another_kind_is_in_the_way_only_where_it_is_needed() {
        let json = metadata(true, &[key("RSA-OAEP-256", "enc"), key("ECDH-ES", "sig")]);
        let required = IssuerMetadata::new(&json);
        assert_eq!(obstacle(&required, EncryptionUse::WhereRequired).as_deref(), Some(NO_REQUEST));
        assert_eq!(obstacle(&required, EncryptionUse::Never), None);
        let json = metadata(false, &[]);
        let optional = IssuerMetadata::new(&json);
        assert_eq!(obstacle(&optional, EncryptionUse::WhereRequired), None);
        assert_eq!(obstacle(&optional, EncryptionUse::Request).as_deref(), Some(NO_REQUEST));
        let mut other = metadata(true, &[key("ECDH-ES", "enc")]);
        other["credential_response_encryption"]["alg_values_supported"] = json!(["RSA-OAEP"]);
        let other = IssuerMetadata::new(&other);
        assert_eq!(obstacle(&other, EncryptionUse::WhereRequired).as_deref(), Some(NO_RESPONSE));
    }

    #[test]
    fn every_key_goes_with_every_encryption() {
        let json = metadata(false, &[key("ECDH-ES", "enc"), key("ECDH-ES", "enc"), json!(7)]);
        assert_eq!(count_of_methods(&IssuerMetadata::new(&json)), 4);
        let none = json!({});
        assert_eq!(count_of_methods(&IssuerMetadata::new(&none)), 0);
        assert_eq!(obstacle(&IssuerMetadata::new(&none), EncryptionUse::Response), None);
    }
}
