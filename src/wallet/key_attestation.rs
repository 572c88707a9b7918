//! How the wallet's provider vouches for its keys (OpenID4VCI Appendix D).

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::session::{Session, Stop};
use crate::jose::{JwtDraft, PrivateKey, SignatureAlgorithm};
use crate::protocol::{Configuration, KEY_ATTESTATION_TYP};

/// How long an attestation is good, in seconds.
const LIFE: i64 = 3600;
/// What is attested where nothing is demanded.
const HIGHEST: &str = "iso_18045_high";

/// An attestation of these keys, as strong as the configuration demands it of a proof of that type,
/// and by the first of the wallet's algorithms that it lists for it.
pub fn attest(
    session: &Session,
    configuration: Option<Configuration<'_>>,
    proof_type: &str,
    c_nonce: Option<&str>,
    keys: &[PrivateKey],
) -> Result<JwtDraft, Stop> {
    let provider = session.identity.provider().map_err(Stop::Failed)?;
    let now = Timestamp::now().as_second();
    let level = |name: &str, wanted: &[String]| -> Value {
        if !wanted.is_empty() {
            return json!(wanted);
        }
        let accepted = configuration.map(|one| one.accepted_levels(proof_type, name));
        json!([accepted.unwrap_or_default().first().unwrap_or(&HIGHEST)])
    };
    let settings = &session.settings;
    let mut claims = Map::new();
    claims.insert("iat".into(), json!(now));
    claims.insert("exp".into(), json!(now + LIFE));
    claims.insert("key_storage".into(), level("key_storage", &settings.key_storage));
    let authentication = level("user_authentication", &settings.user_authentication);
    claims.insert("user_authentication".into(), authentication);
    claims.insert("attested_keys".into(), attested(keys));
    if let Some(c_nonce) = c_nonce {
        claims.insert("nonce".into(), json!(c_nonce));
    }
    let listed = configuration.map(|one| one.proof_algorithms(proof_type)).unwrap_or_default();
    let algorithm = SignatureAlgorithm::first_of(&listed).unwrap_or_default();
    provider.statement(algorithm, KEY_ATTESTATION_TYP, claims).map_err(Stop::Failed)
}

/// `attested_keys` of these keys.
pub fn attested(keys: &[PrivateKey]) -> Value {
    keys.iter().map(|key| key.public_jwk().to_value()).collect()
}
