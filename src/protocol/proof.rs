//! Key proofs of the `jwt` type (OpenID4VCI Appendix F.1).

use super::KeyAttestation;
use crate::jose::{Jws, PublicJwk, chain, did};

/// The `typ` of a key proof JWT.
pub const PROOF_TYP: &str = "openid4vci-proof+jwt";

/// A key proof as sent, opened without verification: the judge reads what the wallet claimed.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyProof(Jws);

impl KeyProof {
    /// Opens a compact JWT, none if it is not one.
    pub fn read(jwt: &str) -> Option<Self> {
        let jws = Jws::parse(jwt).ok()?;
        jws.payload_claims().is_ok().then_some(Self(jws))
    }

    /// `nonce`, when it is a string.
    pub fn nonce(&self) -> Option<&str> {
        self.0.payload_claims().ok()?.get("nonce")?.as_str()
    }

    /// The `alg` of its header.
    pub fn algorithm(&self) -> Option<&str> {
        self.0.algorithm()
    }

    /// Whether it carries a key attestation, which may name further keys.
    pub fn has_key_attestation(&self) -> bool {
        self.0.header().contains_key("key_attestation")
    }

    /// The key attestation in its header, where it can be read.
    pub fn key_attestation(&self) -> Option<KeyAttestation> {
        KeyAttestation::read(self.0.header().get("key_attestation")?.as_str()?)
    }

    /// Whether it names its key by the `jwk` header.
    pub fn names_key_by_jwk(&self) -> bool {
        self.0.header().contains_key("jwk")
    }

    /// The key that it proves: `jwk`, a `kid` that is a DID with its key in it, or the first
    /// certificate of `x5c`. None where the header names no key, or one that has to be looked up.
    pub fn key(&self) -> Option<PublicJwk> {
        if let Some(jwk) = self.0.jwk() {
            return Some(jwk);
        }
        if let Some(kid) = self.0.key_id() {
            return did::resolve(kid).ok();
        }
        let certificates = chain::read_x5c(self.0.header().get("x5c")?).ok()?;
        let key = certificates.first()?.public_key().ok()?;
        Some(key.to_jwk())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use crate::jose::{JwtDraft, PrivateKey};
    use serde_json::{Map, json};

    #[test]
    fn a_proof_is_opened_and_anything_else_is_none() {
        // {"alg":"none"} . {"nonce":"n"} . nothing
        let proof = KeyProof::read("eyJhbGciOiJub25lIn0.eyJub25jZSI6Im4ifQ.");
        assert_eq!(proof.as_ref().and_then(KeyProof::nonce), Some("n"));
        for text in ["", "a.b", "e30.e30", "e30.e30.x.y", "e30.W10.x", "!.e30.x"] {
            assert_eq!(KeyProof::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_key_is_found_by_jwk_and_by_did() {
        let key = PrivateKey::from_bytes(&[7; 32]).unwrap();
        let jwk = key.public_jwk();
        let kid = |url: String| ("kid", json!(url));
        for (name, value) in
            [("jwk", jwk.to_value()), kid(did::jwk_url(&jwk)), kid(did::key_url(&key.public_key()))]
        {
            let mut draft = JwtDraft::new(PROOF_TYP, &key, Map::new());
            draft.header.insert(name.into(), value);
            let proof = KeyProof::read(&draft.compact()).unwrap();
            let thumbprint = proof.key().and_then(|key| key.thumbprint().ok());
            assert_eq!(thumbprint, Some(key.thumbprint()), "{name}");
        }
    }
}
