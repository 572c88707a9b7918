//! The wallet's own keys, made fresh for each use, and never shown by accident.

use std::fmt;

use ed25519_dalek::Signer as _;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha512};

use super::base64url;
use super::jwk::{KeyError, PublicJwk};
use super::public_key::PublicKey;
use super::signature_algorithm::SignatureAlgorithm;

/// How often a random number may fall outside the group before the generator is distrusted; the
/// chance of one such miss is about 2^-32.
const ATTEMPTS: usize = 8;

/// A private key, which signs under one algorithm.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey {
    secret: Secret,
    algorithm: SignatureAlgorithm,
}

/// The secret, by its curve.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Secret {
    /// On P-256.
    P256(p256::ecdsa::SigningKey),
    /// On P-384.
    P384(p384::ecdsa::SigningKey),
    /// On Curve25519.
    Ed25519(ed25519_dalek::SigningKey),
}

impl PrivateKey {
    /// Makes a fresh key for `ES256` from the randomness of the system.
    ///
    /// # Errors
    /// [`KeyError::NoPrivateKey`] if the system gives no randomness.
    pub fn generate() -> Result<Self, KeyError> {
        Self::generate_for(SignatureAlgorithm::Es256)
    }

    /// The same for another algorithm.
    ///
    /// # Errors
    /// [`KeyError::NoPrivateKey`] if the system gives no randomness.
    pub fn generate_for(algorithm: SignatureAlgorithm) -> Result<Self, KeyError> {
        for _ in 0..ATTEMPTS {
            let mut bytes = vec![0_u8; algorithm.private_key_length()];
            getrandom::fill(&mut bytes)
                .map_err(|error| KeyError::NoPrivateKey(error.to_string()))?;
            if let Ok(key) = Self::from_bytes_for(algorithm, &bytes) {
                return Ok(key);
            }
        }
        Err(KeyError::NoPrivateKey("the system's randomness gives no usable number".to_owned()))
    }

    /// Takes the 32 bytes of a known key for `ES256`, big end first.
    ///
    /// # Errors
    /// [`KeyError::NoPrivateKey`] if these are not 32 bytes or zero or beyond the group's order.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        Self::from_bytes_for(SignatureAlgorithm::Es256, bytes)
    }

    /// The same for another algorithm, as long as its curve prescribes.
    ///
    /// # Errors
    /// [`KeyError::NoPrivateKey`] if they are of another length or outside the group.
    pub fn from_bytes_for(algorithm: SignatureAlgorithm, bytes: &[u8]) -> Result<Self, KeyError> {
        let expected = algorithm.private_key_length();
        let unusable = || {
            KeyError::NoPrivateKey(format!(
                "expected {expected} bytes within the order of the group of {}, found {} bytes",
                algorithm.name(),
                bytes.len()
            ))
        };
        if bytes.len() != expected {
            return Err(unusable());
        }
        let secret = match algorithm {
            SignatureAlgorithm::Es256 => p256::ecdsa::SigningKey::from_slice(bytes)
                .map(Secret::P256)
                .map_err(|_| unusable())?,
            SignatureAlgorithm::Es384 => p384::ecdsa::SigningKey::from_slice(bytes)
                .map(Secret::P384)
                .map_err(|_| unusable())?,
            SignatureAlgorithm::EdDsa | SignatureAlgorithm::Ed25519 => {
                ed25519_dalek::SigningKey::try_from(bytes)
                    .map(Secret::Ed25519)
                    .map_err(|_| unusable())?
            }
        };
        Ok(Self { secret, algorithm })
    }

    /// The key in a private JWK, for the algorithm that `alg` names or else for that of its curve.
    ///
    /// # Errors
    /// [`KeyError`] says what is missing or wrong.
    pub fn from_private_jwk(members: &Map<String, Value>) -> Result<Self, KeyError> {
        let jwk = PublicJwk::from_members(members.clone());
        let named = jwk.algorithm().and_then(SignatureAlgorithm::named);
        let algorithm = match (named, jwk.required("crv")?) {
            (Some(named), _) => named,
            (None, "P-256") => SignatureAlgorithm::Es256,
            (None, "P-384") => SignatureAlgorithm::Es384,
            (None, "Ed25519") => SignatureAlgorithm::EdDsa,
            (None, other) => return Err(KeyError::Unsupported(format!("curve `{other}`"))),
        };
        let secret = base64url::decode(jwk.required("d")?)
            .map_err(|error| KeyError::NoPrivateKey(error.to_string()))?;
        Self::from_bytes_for(algorithm, &secret)
    }

    /// The bytes of the key, for the evidence file.
    pub fn to_bytes(&self) -> Vec<u8> {
        match &self.secret {
            Secret::P256(key) => key.to_bytes().to_vec(),
            Secret::P384(key) => key.to_bytes().to_vec(),
            Secret::Ed25519(key) => key.to_bytes().to_vec(),
        }
    }

    /// The algorithm that it signs under.
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// The same key for another algorithm, none where that needs one on another curve.
    pub fn for_algorithm(&self, algorithm: SignatureAlgorithm) -> Option<Self> {
        let fits = match &self.secret {
            Secret::P256(_) => algorithm == SignatureAlgorithm::Es256,
            Secret::P384(_) => algorithm == SignatureAlgorithm::Es384,
            Secret::Ed25519(_) => {
                matches!(algorithm, SignatureAlgorithm::EdDsa | SignatureAlgorithm::Ed25519)
            }
        };
        fits.then(|| Self { secret: self.secret.clone(), algorithm })
    }

    /// Another key, which follows from this one and the purpose: always the same, and nobody comes
    /// to it who has not this one.
    ///
    /// # Errors
    /// [`KeyError::NoPrivateKey`], by a chance that does not happen.
    pub fn derived(&self, purpose: &str, algorithm: SignatureAlgorithm) -> Result<Self, KeyError> {
        for attempt in 0..ATTEMPTS {
            let mut hash = Sha512::new();
            hash.update(format!("vcispec {purpose} {} {attempt} ", algorithm.name()));
            hash.update(self.to_bytes());
            let octets = hash.finalize();
            let octets = octets.iter().take(algorithm.private_key_length()).copied();
            if let Ok(key) = Self::from_bytes_for(algorithm, &octets.collect::<Vec<u8>>()) {
                return Ok(key);
            }
        }
        Err(KeyError::NoPrivateKey(format!("no key for {purpose} follows")))
    }

    pub(super) fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The key on P-256, for what can only be done there.
    pub(super) fn on_p256(&self) -> Result<&p256::ecdsa::SigningKey, KeyError> {
        match &self.secret {
            Secret::P256(key) => Ok(key),
            _ => Err(KeyError::Unsupported(format!("{}, not P-256", self.public_key().curve()))),
        }
    }

    /// Signs: r and s at full length (RFC 7518, section 3.4), or as RFC 8032 says.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.secret {
            Secret::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_bytes().to_vec()
            }
            Secret::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign(message);
                signature.to_bytes().to_vec()
            }
            Secret::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
        }
    }

    /// The key that verifies what this one signs.
    pub fn public_key(&self) -> PublicKey {
        match &self.secret {
            Secret::P256(key) => PublicKey::P256(*key.verifying_key()),
            Secret::P384(key) => PublicKey::P384(*key.verifying_key()),
            Secret::Ed25519(key) => PublicKey::Ed25519(key.verifying_key()),
        }
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
        members.insert("d".to_owned(), base64url::encode(self.to_bytes()).into());
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
    fn each_algorithm_has_keys_that_sign_and_come_back_from_their_jwk() {
        for algorithm in SignatureAlgorithm::ALL {
            let key = PrivateKey::generate_for(algorithm).unwrap();
            let signature = key.sign(b"message");
            let verified = key.public_key().verify(algorithm.name(), b"message", &signature);
            assert_eq!(verified, Ok(()), "{algorithm:?}");
            let mut jwk = key.private_jwk();
            jwk.insert("alg".to_owned(), algorithm.name().into());
            assert_eq!(PrivateKey::from_private_jwk(&jwk), Ok(key));
        }
        let edwards = PrivateKey::generate_for(SignatureAlgorithm::EdDsa).unwrap();
        assert_eq!(PrivateKey::from_private_jwk(&edwards.private_jwk()), Ok(edwards));
        assert!(PrivateKey::from_private_jwk(&Map::new()).is_err());
    }

    #[test]
    fn a_derived_key_follows_from_key_purpose_and_algorithm() {
        let key = PrivateKey::generate().unwrap();
        for algorithm in SignatureAlgorithm::ALL {
            let derived = key.derived("one", algorithm).unwrap();
            assert_eq!(key.derived("one", algorithm), Ok(derived.clone()));
            assert_eq!(derived.algorithm(), algorithm);
            assert_ne!(key.derived("another", algorithm), Ok(derived.clone()));
            let other = PrivateKey::generate().unwrap();
            assert_ne!(other.derived("one", algorithm), Ok(derived));
        }
    }

    #[test]
    fn only_one_curve_has_two_algorithms() {
        let edwards = PrivateKey::generate_for(SignatureAlgorithm::EdDsa).unwrap();
        let renamed = edwards.for_algorithm(SignatureAlgorithm::Ed25519).unwrap();
        assert_eq!(renamed.algorithm(), SignatureAlgorithm::Ed25519);
        assert_eq!(renamed.public_jwk(), edwards.public_jwk());
        assert_eq!(edwards.for_algorithm(SignatureAlgorithm::Es384), None);
        assert_eq!(PrivateKey::generate().unwrap().for_algorithm(SignatureAlgorithm::EdDsa), None);
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
