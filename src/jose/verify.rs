//! The signature algorithms: those of JOSE and those of certificates, over the same keys.

use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::public_key::PublicKey;

/// A signature does not hold, or it could not be found out whether it does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// The signature was computed and does not fit the message and the key.
    #[error("the signature does not fit the message and the key")]
    Mismatch,
    /// The signature has another form than the algorithm prescribes.
    #[error("expected a signature of {expected} bytes, found {actual} bytes{hint}")]
    Malformed {
        /// The length that the algorithm prescribes, in bytes.
        expected: usize,
        /// The length that was found, in bytes.
        actual: usize,
        /// What it looks like, as a clause to add, or nothing.
        hint: &'static str,
    },
    /// `alg` asks for a kind of key that this key is not of.
    #[error("algorithm `{algorithm}` does not go with a key of curve {curve}")]
    OtherKeyKind {
        /// The algorithm that was asked for.
        algorithm: String,
        /// The curve of the key.
        curve: &'static str,
    },
    /// `alg` is absent, `none`, or a symmetric algorithm: this is no digital signature.
    #[error("expected an asymmetric signature algorithm, found {0}")]
    NoSignature(String),
    /// An algorithm that is not implemented here, so that nothing can be said.
    #[error("the signature algorithm `{0}` is not supported")]
    UnsupportedAlgorithm(String),
    /// The header has a `crit` member that is no array of at least one name, or that names a
    /// member which is not there (RFC 7515, section 4.1.11).
    #[error("expected `crit` to name members of the header, found {0}")]
    Critical(String),
}

impl PublicKey {
    /// Whether the JOSE algorithm `alg` is implemented at all, with whatever key.
    pub fn supports(algorithm: &str) -> bool {
        matches!(algorithm, "ES256" | "ES384" | "EdDSA" | "Ed25519")
    }

    /// Whether the JOSE algorithm `alg` gives no digital signature: `none` or a MAC.
    pub fn is_symmetric_or_none(algorithm: &str) -> bool {
        algorithm.eq_ignore_ascii_case("none") || algorithm.starts_with("HS")
    }

    /// Verifies a JOSE signature (RFC 7518, section 3.4: r and s, not DER; RFC 8037).
    ///
    /// # Errors
    /// [`VerifyError::Mismatch`] if the signature is wrong; the others say why it could not come
    /// to that.
    pub fn verify(
        &self,
        algorithm: &str,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        if Self::is_symmetric_or_none(algorithm) {
            return Err(VerifyError::NoSignature(format!("`{algorithm}`")));
        }
        if !Self::supports(algorithm) {
            return Err(VerifyError::UnsupportedAlgorithm(algorithm.to_owned()));
        }
        let outcome = match (self, algorithm) {
            (Self::P256(key), "ES256") => {
                let signature = p256::ecdsa::Signature::from_slice(signature)
                    .map_err(|_| malformed(64, signature))?;
                key.verify(message, &signature)
            }
            (Self::P384(key), "ES384") => {
                let signature = p384::ecdsa::Signature::from_slice(signature)
                    .map_err(|_| malformed(96, signature))?;
                key.verify(message, &signature)
            }
            (Self::Ed25519(key), "EdDSA" | "Ed25519") => {
                let signature = ed25519_dalek::Signature::from_slice(signature)
                    .map_err(|_| malformed(64, signature))?;
                key.verify(message, &signature)
            }
            _ => return Err(self.other_kind(algorithm)),
        };
        outcome.map_err(|_| VerifyError::Mismatch)
    }

    /// Verifies a certificate's signature under the algorithm with this object identifier: Ed25519
    /// (RFC 8410), or ECDSA in DER with SHA-256, SHA-384 or SHA-512 (RFC 5758).
    pub(super) fn verify_certificate(
        &self,
        algorithm: &str,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        let digest = match algorithm {
            ED25519 => return self.verify("Ed25519", message, signature),
            ECDSA_WITH_SHA256 => Sha256::digest(message).to_vec(),
            ECDSA_WITH_SHA384 => Sha384::digest(message).to_vec(),
            ECDSA_WITH_SHA512 => Sha512::digest(message).to_vec(),
            _ => return Err(VerifyError::UnsupportedAlgorithm(algorithm.to_owned())),
        };
        let outcome = match self {
            Self::P256(key) => p256::ecdsa::Signature::from_der(signature)
                .and_then(|signature| key.verify_prehash(&digest, &signature)),
            Self::P384(key) => p384::ecdsa::Signature::from_der(signature)
                .and_then(|signature| key.verify_prehash(&digest, &signature)),
            Self::Ed25519(_) => return Err(self.other_kind(algorithm)),
        };
        outcome.map_err(|_| VerifyError::Mismatch)
    }

    fn other_kind(&self, algorithm: &str) -> VerifyError {
        VerifyError::OtherKeyKind { algorithm: algorithm.to_owned(), curve: self.curve() }
    }
}

const ECDSA_WITH_SHA256: &str = "1.2.840.10045.4.3.2";
const ECDSA_WITH_SHA384: &str = "1.2.840.10045.4.3.3";
const ECDSA_WITH_SHA512: &str = "1.2.840.10045.4.3.4";
const ED25519: &str = "1.3.101.112";

/// A signature that cannot be read: of another length, or with a number out of range.
fn malformed(expected: usize, signature: &[u8]) -> VerifyError {
    if signature.len() == expected {
        return VerifyError::Mismatch;
    }
    let hint = match signature.first() {
        None => ": there is none",
        Some(0x30) => ", which look like DER instead of r and s",
        Some(_) => "",
    };
    VerifyError::Malformed { expected, actual: signature.len(), hint }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::super::private_key::PrivateKey;
    use super::super::vectors;
    use super::*;

    #[test]
    fn es384_verifies_and_es256_with_that_key_does_not_fit() {
        use p384::ecdsa::signature::Signer as _;
        let private = p384::ecdsa::SigningKey::from_slice(&[7_u8; 48]).unwrap();
        let signature: p384::ecdsa::Signature = private.sign(b"message");
        let public = PublicKey::P384(*private.verifying_key());
        assert_eq!(public.verify("ES384", b"message", &signature.to_bytes()), Ok(()));
        assert_eq!(
            public.verify("ES384", b"another", &signature.to_bytes()),
            Err(VerifyError::Mismatch)
        );
        assert!(matches!(
            public.verify("ES256", b"message", &signature.to_bytes()),
            Err(VerifyError::OtherKeyKind { curve: "P-384", .. })
        ));
    }

    #[test]
    fn a_signature_of_another_form_is_told_from_a_wrong_one() {
        let private = PrivateKey::from_bytes(&vectors::LEAF_KEY).unwrap();
        let public = private.public_key();
        let raw = private.sign(b"message");
        let der = p256::ecdsa::Signature::from_slice(&raw).unwrap().to_der();
        let error = public.verify("ES256", b"message", der.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("DER"), "{error}");
        let error = public.verify("ES256", b"message", b"").unwrap_err();
        assert!(error.to_string().contains("there is none"), "{error}");
        assert_eq!(public.verify("ES256", b"message", &[0; 64]), Err(VerifyError::Mismatch));
    }

    #[test]
    fn algorithms_without_a_public_key_are_no_signatures_and_unknown_ones_unsupported() {
        let public = PrivateKey::from_bytes(&vectors::LEAF_KEY).unwrap().public_key();
        for algorithm in ["none", "NONE", "HS256"] {
            let outcome = public.verify(algorithm, b"", b"");
            assert!(matches!(outcome, Err(VerifyError::NoSignature(_))), "{algorithm}");
        }
        for algorithm in ["RS256", "ES512", "ES256K", "es256"] {
            let outcome = public.verify(algorithm, b"", b"");
            assert!(matches!(outcome, Err(VerifyError::UnsupportedAlgorithm(_))), "{algorithm}");
        }
    }
}
