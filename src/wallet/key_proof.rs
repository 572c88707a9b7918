//! How the wallet proves possession of a holder key (OpenID4VCI F.1).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::session::{Issuer, Session};
use crate::jose::{JwtDraft, KeyError, PrivateKey, SignatureAlgorithm, Signing, did, self_signed};
use crate::protocol::{Configuration, PROOF_TYP};
use crate::scenario::{BindingMethod, WalletSettings};

/// A proof by a fresh key.
pub fn proof(
    session: &Session,
    issuer: &Issuer,
    configuration: Option<Configuration<'_>>,
    c_nonce: Option<&str>,
    key: &PrivateKey,
) -> Result<JwtDraft, KeyError> {
    let mut header = Map::new();
    header.insert("typ".into(), json!(PROOF_TYP));
    header.insert("alg".into(), json!(key.algorithm().name()));
    name_key(&mut header, method(session.settings.binding, configuration), key)?;
    let mut claims = Map::new();
    if let Some(client_id) = &session.client_id {
        claims.insert("iss".into(), json!(client_id));
    }
    claims.insert("aud".into(), json!(issuer.identifier));
    claims.insert("iat".into(), json!(Timestamp::now().as_second()));
    if let Some(c_nonce) = c_nonce {
        claims.insert("nonce".into(), json!(c_nonce));
    }
    Ok(JwtDraft { header, claims, signing: Signing::Key(key.clone()) })
}

/// The same proof by another key, named in the same way.
pub fn by_another_key(pattern: &JwtDraft, key: PrivateKey) -> Result<JwtDraft, KeyError> {
    let mut proof = pattern.clone();
    let kid = pattern.header.get("kid").and_then(Value::as_str);
    let method = match kid {
        Some(kid) if kid.starts_with("did:key:") => BindingMethod::DidKey,
        Some(_) => BindingMethod::DidJwk,
        None if pattern.header.contains_key("x5c") => BindingMethod::X5c,
        None => BindingMethod::Jwk,
    };
    name_key(&mut proof.header, method, &key)?;
    proof.sign_with(Signing::Key(key));
    Ok(proof)
}

/// The algorithm of the proofs for a configuration: the one asked for, or the first of the wallet's
/// that is listed.
pub fn algorithm(
    settings: &WalletSettings,
    configuration: Option<Configuration<'_>>,
) -> SignatureAlgorithm {
    let listed = configuration.map(|one| one.proof_algorithms("jwt")).unwrap_or_default();
    let mut known = SignatureAlgorithm::ALL.into_iter();
    let listed = || known.find(|algorithm| listed.contains(&algorithm.name()));
    settings.proof_alg.or_else(listed).unwrap_or_default()
}

/// Names a key in a header (OpenID4VCI F.1).
fn name_key(
    header: &mut Map<String, Value>,
    method: BindingMethod,
    key: &PrivateKey,
) -> Result<(), KeyError> {
    let (name, value) = match method {
        BindingMethod::DidJwk => ("kid", json!(did::jwk_url(&key.public_jwk()))),
        BindingMethod::DidKey => ("kid", json!(did::key_url(&key.public_key()))),
        BindingMethod::X5c => {
            let certificate = self_signed(key, Timestamp::now().as_second())?;
            ("x5c", json!([STANDARD.encode(certificate)]))
        }
        BindingMethod::Jwk | BindingMethod::Announced => ("jwk", key.public_jwk().to_value()),
    };
    header.insert(name.to_owned(), value);
    Ok(())
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
