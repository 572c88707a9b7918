//! A key that signs under one algorithm, and can be certified.

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair,
        Ed25519KeyPair, KeyPair as _,
    },
};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_ED25519};

use crate::{
    algorithm::Algorithm,
    public_key::{Curve, PublicKey},
    start_error::StartError,
};

/// A private key.
pub struct SigningKey {
    algorithm: Algorithm,
    pair: Pair,
    public: PublicKey,
    certified: KeyPair,
}

enum Pair {
    Ecdsa(EcdsaKeyPair),
    Edwards(Ed25519KeyPair),
}

impl SigningKey {
    /// Makes one.
    pub fn generate(algorithm: Algorithm) -> Result<Self, StartError> {
        let (kind, curve) = match algorithm {
            Algorithm::Es256 => (&PKCS_ECDSA_P256_SHA256, Curve::P256),
            Algorithm::Es384 => (&PKCS_ECDSA_P384_SHA384, Curve::P384),
            Algorithm::EdDsa | Algorithm::Ed25519 => (&PKCS_ED25519, Curve::Ed25519),
        };
        let certified = KeyPair::generate_for(kind)?;
        let der = certified.serialized_der();
        let ecdsa = |kind| EcdsaKeyPair::from_pkcs8(kind, der).map(Pair::Ecdsa);
        let pair = match curve {
            Curve::P256 => ecdsa(&ECDSA_P256_SHA256_FIXED_SIGNING),
            Curve::P384 => ecdsa(&ECDSA_P384_SHA384_FIXED_SIGNING),
            Curve::Ed25519 => Ed25519KeyPair::from_pkcs8(der).map(Pair::Edwards),
        };
        let pair = pair.map_err(|_| StartError::Key)?;
        let octets = match &pair {
            Pair::Ecdsa(pair) => pair.public_key().as_ref(),
            Pair::Edwards(pair) => pair.public_key().as_ref(),
        };
        let public = PublicKey::from_octets(curve, octets).ok_or(StartError::Key)?;
        Ok(Self { algorithm, pair, public, certified })
    }

    /// What it signs under.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// What verifies its signatures.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The key as certificates are made for it.
    pub fn certified(&self) -> &KeyPair {
        &self.certified
    }

    /// The signature in the form of JOSE and COSE; `None` if the key cannot sign.
    pub fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let signature = match &self.pair {
            Pair::Ecdsa(pair) => pair.sign(&SystemRandom::new(), message).ok()?,
            Pair::Edwards(pair) => pair.sign(message),
        };
        Some(signature.as_ref().to_vec())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    #[test]
    fn what_it_signs_verifies_under_its_own_algorithm_only() {
        for &algorithm in Algorithm::ALL {
            let key = SigningKey::generate(algorithm).unwrap();
            let signature = key.sign(b"message").unwrap();
            assert!(key.public().verifies(algorithm.name(), b"message", &signature));
            assert!(!key.public().verifies("HS256", b"message", &signature));
            let jwk = key.public().to_jwk();
            let again = PublicKey::from_jwk(jwk.as_object().unwrap()).unwrap();
            assert_eq!(&again, key.public());
        }
    }
}
