//! The wallet's own keys: P-256, made fresh for each use, and never shown by accident.

use std::fmt;

use p256::ecdsa::signature::Signer as _;
use serde_json::{Map, Value};

use super::base64url;
use super::jwk::{KeyError, PublicJwk};
use super::public_key::PublicKey;

/// How often a random number may fall outside the group before the generator is distrusted; the
/// chance of one such miss is about 2^-32.
const ATTEMPTS: usize = 8;

/// A P-256 private key, which signs `ES256`.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey(p256::ecdsa::SigningKey);

impl PrivateKey {
    /// Makes a fresh key from the randomness of the system.
    ///
    /// # Errors
    /// [`KeyError::NoPrivateKey`] if the system gives no randomness.
    pub fn generate() -> Result<Self, KeyError> {
        for _ in 0..ATTEMPTS {
            let mut bytes = [0_u8; 32];
            getrandom::fill(&mut bytes)
                .map_err(|error| KeyError::NoPrivateKey(error.to_string()))?;
            if let Ok(key) = Self::from_bytes(&bytes) {
                return Ok(key);
            }
        }
        Err(KeyError::NoPrivateKey("the system's randomness gives no usable number".to_owned()))
    }

    /// Takes the 32 bytes of a known key, big end first.
    ///
    /// # Errors
    /// [`KeyError::NoPrivateKey`] if these are not 32 bytes or zero or beyond the group's order.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let unusable = || {
            KeyError::NoPrivateKey(format!(
                "expected 32 bytes within the order of P-256, found {} bytes",
                bytes.len()
            ))
        };
        let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| unusable())?;
        let key = p256::ecdsa::SigningKey::from_slice(&bytes).map_err(|_| unusable())?;
        Ok(Self(key))
    }

    /// The 32 bytes of the key, for the evidence file.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes().to_vec()
    }

    pub(super) fn signing_key(&self) -> &p256::ecdsa::SigningKey {
        &self.0
    }

    /// Signs with `ES256`: r and s, 32 bytes each (RFC 7518, section 3.4).
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signature: p256::ecdsa::Signature = self.0.sign(message);
        signature.to_bytes().to_vec()
    }

    /// The key that verifies what this one signs.
    pub fn public_key(&self) -> PublicKey {
        PublicKey::P256(*self.0.verifying_key())
    }

    /// The public key as JWK.
    pub fn public_jwk(&self) -> PublicJwk {
        self.public_key().to_jwk()
    }

    /// The RFC 7638 thumbprint of the public key.
    pub fn thumbprint(&self) -> String {
        self.public_jwk().thumbprint().unwrap_or_default()
    }

    /// The whole key as JWK, with `d`: for the proofs that leak it on purpose.
    pub fn private_jwk(&self) -> Map<String, Value> {
        let mut members = self.public_jwk().members().clone();
        members.insert("d".to_owned(), base64url::encode(self.0.to_bytes()).into());
        members
    }
}

/// Shows which key it is, never the secret.
impl fmt::Debug for PrivateKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PrivateKey({})", self.thumbprint())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    #[test]
    fn fresh_keys_differ_and_sign_for_their_public_key() {
        let (one, two) = (PrivateKey::generate().unwrap(), PrivateKey::generate().unwrap());
        assert_ne!(one, two);
        let signature = one.sign(b"message");
        assert_eq!(signature.len(), 64);
        assert!(one.public_key().verify("ES256", b"message", &signature).is_ok());
        assert!(two.public_key().verify("ES256", b"message", &signature).is_err());
    }

    #[test]
    fn a_known_key_has_its_known_public_key() {
        // RFC 7515, appendix A.3.1
        let secret = base64url::decode("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI").unwrap();
        let key = PrivateKey::from_bytes(&secret).unwrap();
        let members = key.private_jwk();
        assert_eq!(members["x"], "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
        assert_eq!(members["y"], "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
        assert_eq!(members["d"], "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI");
        assert!(!key.public_jwk().has_private_members());
        assert!(PublicJwk::from_members(members).has_private_members());
        assert_eq!(key.to_bytes(), secret);
    }

    #[test]
    fn the_secret_is_never_shown() {
        let key = PrivateKey::from_bytes(&[0x41; 32]).unwrap();
        let shown = format!("{key:?}");
        assert_eq!(shown, format!("PrivateKey({})", key.thumbprint()));
        assert!(!shown.contains(&base64url::encode([0x41; 32])));
        assert!(!shown.contains("65, 65"));
    }

    #[test]
    fn other_bytes_are_no_key() {
        assert!(PrivateKey::from_bytes(&[0; 32]).is_err());
        assert!(PrivateKey::from_bytes(&[0xff; 32]).is_err());
        assert!(PrivateKey::from_bytes(&[1; 31]).is_err());
    }
}
