//! How the wallet proves possession of its DPoP key (RFC 9449 4.2).

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::Digest as _;
use url::Url;

use super::session::{Session, Stop};
use crate::jose::{JwtDraft, PrivateKey, SignatureAlgorithm, Signing, base64url};
use crate::transcript::Station;

/// A fresh proof for a request, with `ath` where a token is sent and the latest server nonce.
pub fn proof(session: &Session, station: Station, url: &Url, token: Option<&str>) -> JwtDraft {
    let mut claims = Map::new();
    claims.insert("jti".into(), json!(fresh_identifier()));
    claims.insert("htm".into(), json!("POST"));
    claims.insert("htu".into(), json!(target(url)));
    claims.insert("iat".into(), json!(Timestamp::now().as_second()));
    if let Some(token) = token {
        claims.insert("ath".into(), json!(hash(token)));
    }
    if let Some(nonce) = session.dpop_nonces.get(&station) {
        claims.insert("nonce".into(), json!(nonce));
    }
    JwtDraft {
        header: header(&session.dpop_key),
        claims,
        signing: Signing::Key(session.dpop_key.clone()),
    }
}

/// Gives a wallet that knows its issuer another key, where the one it has is not for the algorithm
/// that is asked for, or for the first of its own that is listed.
pub fn choose_key(session: &mut Session) -> Result<(), Stop> {
    let Some(issuer) = session.issuer.clone() else { return Ok(()) };
    let mut known = SignatureAlgorithm::ALL.into_iter();
    let listed = || known.find(|one| issuer.server().lists_dpop_algorithm(one.name()));
    let algorithm = session.settings.dpop_alg.or_else(listed).unwrap_or_default();
    if algorithm != session.dpop_key.algorithm() {
        let key = PrivateKey::generate_for(algorithm);
        session.dpop_key = key.map_err(|error| Stop::Failed(error.to_string()))?;
        session.recorder.dpop_key(&session.name, session.dpop_key.public_jwk().to_value());
    }
    Ok(())
}

/// The header of a proof by that key.
pub fn header(key: &PrivateKey) -> Map<String, Value> {
    let mut header = Map::new();
    header.insert("typ".into(), json!("dpop+jwt"));
    header.insert("alg".into(), json!(key.algorithm().name()));
    header.insert("jwk".into(), key.public_jwk().to_value());
    header
}

/// `ath`: the hash of an access token (RFC 9449 4.2).
pub fn hash(token: &str) -> String {
    base64url::encode(sha2::Sha256::digest(token.as_bytes()))
}

/// A value that was never used before, 128 bits.
pub fn fresh_identifier() -> String {
    let mut octets = [0_u8; 16];
    match getrandom::fill(&mut octets) {
        Ok(()) => base64url::encode(octets),
        // Without a source of randomness the clock still never repeats.
        Err(_) => Timestamp::now().as_nanosecond().to_string(),
    }
}

/// `htu`: the target without query and fragment.
fn target(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.into()
}
