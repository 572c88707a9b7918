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
        p256::ecdsa::SigningKey::from_slice(bytes).map(Self).map_err(|_| {
            KeyError::NoPrivateKey(format!(
                "expected 32 bytes within the order of P-256, found {} bytes",
                bytes.len()
            ))
        })
    }

    /// The 32 bytes of the key, for the evidence file.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes().to_vec()
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
