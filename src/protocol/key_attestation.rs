//! Key attestations (OpenID4VCI Appendix D): somebody vouches for keys of a wallet.

use serde_json::Value;

use crate::jose::{Jws, PublicJwk};

/// The `typ` of a key attestation JWT.
pub const KEY_ATTESTATION_TYP: &str = "key-attestation+jwt";

/// A key attestation as sent, opened without verification.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyAttestation(Jws);

impl KeyAttestation {
    /// Opens a compact JWT, none if it is not one.
    pub fn read(jwt: &str) -> Option<Self> {
        let jws = Jws::parse(jwt).ok()?;
        jws.payload_claims().is_ok().then_some(Self(jws))
    }

    /// `attested_keys`, those that are keys.
    pub fn attested_keys(&self) -> Vec<PublicJwk> {
        let claims = self.0.payload_claims().ok();
        let keys = claims.and_then(|claims| claims.get("attested_keys")).and_then(Value::as_array);
        keys.into_iter().flatten().filter_map(|key| PublicJwk::from_value(key).ok()).collect()
    }

    /// `nonce`, when it is a string.
    pub fn nonce(&self) -> Option<&str> {
        self.0.payload_claims().ok()?.get("nonce")?.as_str()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::{Map, json};

    use super::*;
    use crate::jose::{JwtDraft, PrivateKey};

    #[test]
    fn keys_that_are_keys_are_found() {
        let key = PrivateKey::from_bytes(&[7; 32]).unwrap();
        let mut draft = JwtDraft::new(KEY_ATTESTATION_TYP, &key, Map::new());
        draft.claims.insert("attested_keys".into(), json!([key.public_jwk().to_value(), 1]));
        draft.claims.insert("nonce".into(), json!("n"));
        let attestation = KeyAttestation::read(&draft.compact()).unwrap();
        assert_eq!(attestation.attested_keys(), [key.public_jwk()]);
        assert_eq!(attestation.nonce(), Some("n"));
        assert_eq!(KeyAttestation::read("a.b.c"), None);
    }
}
