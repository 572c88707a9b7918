//! Encrypted exchanges made by hand, for the unit tests of these checks.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use serde_json::{Value, json};

use crate::checks::staging::{Stage, honest_metadata};
use crate::jose::jwe::ECDH_ES;
use crate::jose::{ContentEncryption, JweDraft, PrivateKey, PublicJwk};
use crate::transcript::{Body, Received, Station, WalletRecord};

const URL: &str = "https://issuer.example/credential";

/// The wallet's key for answers.
pub fn key() -> PrivateKey {
    PrivateKey::from_bytes(&[9; 32]).unwrap()
}

fn jwk(members: serde_json::Map<String, Value>) -> Value {
    let mut jwk = Value::Object(members);
    jwk["kid"] = json!("k-1");
    jwk["alg"] = json!(ECDH_ES);
    jwk
}

/// What both sides of the metadata say.
pub fn metadata() -> Value {
    let mut metadata = honest_metadata();
    metadata["credential_request_encryption"] = json!({
        "jwks": { "keys": [jwk(key().public_jwk().members().clone())] },
        "enc_values_supported": ["A128GCM", "A256GCM"],
        "zip_values_supported": ["DEF"],
        "encryption_required": true
    });
    metadata["credential_response_encryption"] = json!({
        "alg_values_supported": [ECDH_ES],
        "enc_values_supported": ["A128GCM", "A256GCM"],
        "zip_values_supported": ["DEF"],
        "encryption_required": true
    });
    metadata
}

/// What the wallet asks for.
pub fn wish() -> Value {
    json!({ "jwk": jwk(key().public_jwk().members().clone()), "enc": "A256GCM" })
}

/// An answer to a request that asks for encryption with A256GCM, and for compression if wanted.
pub fn answered(stage: Stage, zip: Option<&str>, answer: &str) -> Stage {
    let mut wanted = wish();
    if let Some(zip) = zip {
        wanted["zip"] = json!(zip);
    }
    let request = json!({
        "credential_configuration_id": "pid", "credential_response_encryption": wanted
    });
    stage
        .answer(Station::Credential, 200, &[("content-type", "application/jwt")], answer)
        .sent("POST", URL, &[("content-type", "application/jwt")], "sealed")
        .last(|exchange| {
            exchange.request.plaintext = Some(Body::from(request.to_string()));
            if let Received::Answer(answer) = &mut exchange.received {
                let sealed = answer.body.text().and_then(|text| crate::jose::Jwe::read(text).ok());
                let plaintext = sealed.and_then(|sealed| sealed.open(&key()).ok());
                answer.plaintext = plaintext.map(Body::from_octets);
            }
        })
}

/// An honest message for the wallet's key.
pub fn draft() -> JweDraft {
    let recipient = PublicJwk::from_value(&jwk(key().public_jwk().members().clone())).unwrap();
    JweDraft::new(recipient, ContentEncryption::A256Gcm)
}

/// An honest response.
pub fn response() -> Value {
    json!({ "credentials": [{ "credential": "a~" }] })
}

/// A scenario with a wallet that has the key.
pub fn stage() -> Stage {
    Stage::new().issuer_metadata(metadata()).wallet(WalletRecord {
        name: "holder".into(),
        dpop_key: json!({}),
        holder_keys: Vec::new(),
        decryption_keys: vec![jwk(key().private_jwk())],
        client_id: None,
    })
}

/// A scenario with that message as the answer.
pub fn sent(draft: &JweDraft) -> Stage {
    answered(stage(), None, &draft.seal(response().to_string().as_bytes()).unwrap())
}

/// A tampered request that is refused, and one that is granted.
pub fn refused(tamper: &str, status: u16, code: &str) -> Stage {
    let stage = stage().tampered(tamper, Station::Credential, status, json!({ "error": code }));
    stage.answer_json(Station::Credential, 200, response())
}

/// A tampered request that is granted.
pub fn accepted(tamper: &str) -> Stage {
    let stage = stage().tampered(tamper, Station::Credential, 200, response());
    stage.answer_json(Station::Credential, 200, response())
}
