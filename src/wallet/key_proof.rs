//! How the wallet proves possession of a holder key (OpenID4VCI F.1).

use jiff::Timestamp;
use serde_json::{Map, json};

use super::session::{Issuer, Session};
use crate::jose::{JwtDraft, PrivateKey, Signing, did};
use crate::protocol::{Configuration, PROOF_TYP};
use crate::scenario::BindingMethod;

/// A proof by a fresh key.
pub fn proof(
    session: &Session,
    issuer: &Issuer,
    configuration: Option<Configuration<'_>>,
    c_nonce: Option<&str>,
    key: &PrivateKey,
) -> JwtDraft {
    let mut header = Map::new();
    header.insert("typ".into(), json!(PROOF_TYP));
    header.insert("alg".into(), json!("ES256"));
    let jwk = key.public_jwk();
    match method(session.settings.binding, configuration) {
        BindingMethod::DidJwk => header.insert("kid".into(), json!(did::jwk_url(&jwk))),
        BindingMethod::DidKey => {
            header.insert("kid".into(), json!(did::key_url(&key.public_key())))
        }
        BindingMethod::Jwk | BindingMethod::Announced => {
            header.insert("jwk".into(), jwk.to_value())
        }
    };
    let mut claims = Map::new();
    if let Some(client_id) = &session.client_id {
        claims.insert("iss".into(), json!(client_id));
    }
    claims.insert("aud".into(), json!(issuer.identifier));
    claims.insert("iat".into(), json!(Timestamp::now().as_second()));
    if let Some(c_nonce) = c_nonce {
        claims.insert("nonce".into(), json!(c_nonce));
    }
    JwtDraft { header, claims, signing: Signing::Key(key.clone()) }
}

/// The method asked for, or the first announced one that the wallet knows.
fn method(wanted: BindingMethod, configuration: Option<Configuration<'_>>) -> BindingMethod {
    if wanted != BindingMethod::Announced {
        return wanted;
    }
    configuration
        .map(|configuration| configuration.binding_methods())
        .unwrap_or_default()
        .into_iter()
        .find_map(known)
        .unwrap_or(BindingMethod::Jwk)
}

fn known(announced: &str) -> Option<BindingMethod> {
    match announced {
        "jwk" => Some(BindingMethod::Jwk),
        "did:jwk" => Some(BindingMethod::DidJwk),
        "did:key" => Some(BindingMethod::DidKey),
        _ => None,
    }
}
