//! The keys that signatures are verified with: P-256, P-384 and Ed25519, from a JWK or from a
//! certificate.

use ed25519_dalek::Verifier as _;
use serde_json::{Map, Value};
use x509_cert::der::Decode as _;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use super::base64url;
use super::certificate::Certificate;
use super::jwk::{KeyError, PublicJwk};

/// A public key of one of the kinds that can be verified with.
#[derive(Clone, Debug, PartialEq)]
pub enum PublicKey {
    /// NIST P-256, used with `ES256`.
    P256(p256::ecdsa::VerifyingKey),
    /// NIST P-384, used with `ES384`.
    P384(p384::ecdsa::VerifyingKey),
    /// Ed25519, used with `EdDSA` (RFC 8037) or `Ed25519` (RFC 9864).
    Ed25519(ed25519_dalek::VerifyingKey),
}

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
    /// The header has a `crit` member (RFC 7515, section 4.1.11), and none of it is understood.
    #[error("the header marks members as critical that are not understood: {0}")]
    Critical(String),
}

impl PublicKey {
    /// Reads a key from its JWK form; coordinates have to have their full length
    /// (RFC 7518, section 6.2.1.2).
    ///
    /// # Errors
    /// [`KeyError`] names the member that is wrong, or the kind that is not supported.
    pub fn from_jwk(jwk: &PublicJwk) -> Result<Self, KeyError> {
        let kind = jwk.required("kty")?;
        if !matches!(kind, "EC" | "OKP") {
            return Err(KeyError::Unsupported(format!("`{kind}`")));
        }
        match (kind, jwk.required("crv")?) {
            ("EC", "P-256") => {
                p256::ecdsa::VerifyingKey::from_sec1_bytes(&uncompressed_point(jwk, 32)?)
                    .map(Self::P256)
                    .map_err(|_| KeyError::NotOnCurve("P-256"))
            }
            ("EC", "P-384") => {
                p384::ecdsa::VerifyingKey::from_sec1_bytes(&uncompressed_point(jwk, 48)?)
                    .map(Self::P384)
                    .map_err(|_| KeyError::NotOnCurve("P-384"))
            }
            ("OKP", "Ed25519") => Self::from_ed25519_bytes(&coordinate(jwk, "x", 32)?),
            (kind, curve) => Err(KeyError::Unsupported(format!("`{kind}` with curve `{curve}`"))),
        }
    }

    /// Reads the key of a DER certificate.
    ///
    /// # Errors
    /// [`KeyError::Unreadable`] if it is no certificate, else as
    /// [`Self::from_subject_public_key_info`].
    pub fn from_certificate_der(der: &[u8]) -> Result<Self, KeyError> {
        Certificate::from_der(der)
            .map_err(|error| KeyError::Unreadable(error.to_string()))?
            .public_key()
    }

    /// Reads a DER SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7).
    ///
    /// # Errors
    /// [`KeyError::Unsupported`] names the algorithm by its object identifier.
    pub fn from_subject_public_key_info(der: &[u8]) -> Result<Self, KeyError> {
        let unreadable = |error: x509_cert::der::Error| KeyError::Unreadable(error.to_string());
        let info = SubjectPublicKeyInfoOwned::from_der(der).map_err(unreadable)?;
        let parameters = info.algorithm.parameters.as_ref();
        let curve = parameters.and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
        let algorithm = info.algorithm.oid.to_string();
        let curve = curve.map(|curve| curve.to_string());
        match (algorithm.as_str(), curve.as_deref()) {
            (ID_EC_PUBLIC_KEY, Some(SECP256R1)) => {
                p256::ecdsa::VerifyingKey::from_sec1_bytes(info.subject_public_key.raw_bytes())
                    .map(Self::P256)
                    .map_err(|_| KeyError::NotOnCurve("P-256"))
            }
            (ID_EC_PUBLIC_KEY, Some(SECP384R1)) => {
                p384::ecdsa::VerifyingKey::from_sec1_bytes(info.subject_public_key.raw_bytes())
                    .map(Self::P384)
                    .map_err(|_| KeyError::NotOnCurve("P-384"))
            }
            (ID_ED25519, _) => Self::from_ed25519_bytes(info.subject_public_key.raw_bytes()),
            (RSA_ENCRYPTION, _) => Err(KeyError::Unsupported("RSA".to_owned())),
            (other, None) => Err(KeyError::Unsupported(other.to_owned())),
            (other, Some(curve)) => {
                Err(KeyError::Unsupported(format!("{other} with curve {curve}")))
            }
        }
    }

    /// The key as JWK, with the required members only.
    pub fn to_jwk(&self) -> PublicJwk {
        let (kind, curve) = match self {
            Self::P256(_) | Self::P384(_) => ("EC", self.curve()),
            Self::Ed25519(_) => ("OKP", self.curve()),
        };
        let mut members = Map::new();
        members.insert("kty".to_owned(), kind.into());
        members.insert("crv".to_owned(), curve.into());
        let (x, y) = match self {
            Self::P256(key) => halves(key.to_sec1_point(false).as_bytes()),
            Self::P384(key) => halves(key.to_sec1_point(false).as_bytes()),
            Self::Ed25519(key) => (base64url::encode(key.as_bytes()), None),
        };
        members.insert("x".to_owned(), Value::String(x));
        if let Some(y) = y {
            members.insert("y".to_owned(), Value::String(y));
        }
        PublicJwk::from_members(members)
    }

    /// The name of the curve, as `crv` has it.
    pub fn curve(&self) -> &'static str {
        match self {
            Self::P256(_) => "P-256",
            Self::P384(_) => "P-384",
            Self::Ed25519(_) => "Ed25519",
        }
    }

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
            _ => {
                return Err(VerifyError::OtherKeyKind {
                    algorithm: algorithm.to_owned(),
                    curve: self.curve(),
                });
            }
        };
        outcome.map_err(|_| VerifyError::Mismatch)
    }

    pub(super) fn from_ed25519_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        ed25519_dalek::VerifyingKey::try_from(bytes)
            .map(Self::Ed25519)
            .map_err(|_| KeyError::NotOnCurve("Ed25519"))
    }
}

const ID_EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";
const SECP256R1: &str = "1.2.840.10045.3.1.7";
const SECP384R1: &str = "1.3.132.0.34";
const ID_ED25519: &str = "1.3.101.112";
const RSA_ENCRYPTION: &str = "1.2.840.113549.1.1.1";

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

fn uncompressed_point(jwk: &PublicJwk, length: usize) -> Result<Vec<u8>, KeyError> {
    let mut point = vec![0x04];
    point.extend(coordinate(jwk, "x", length)?);
    point.extend(coordinate(jwk, "y", length)?);
    Ok(point)
}

fn coordinate(jwk: &PublicJwk, member: &'static str, expected: usize) -> Result<Vec<u8>, KeyError> {
    let wrong = |actual: String| KeyError::Coordinate { member, expected, actual };
    let bytes =
        base64url::decode(jwk.required(member)?).map_err(|error| wrong(error.to_string()))?;
    if bytes.len() != expected {
        return Err(wrong(format!("found {} bytes", bytes.len())));
    }
    Ok(bytes)
}

/// The coordinates of an uncompressed SEC 1 point, in base64url.
fn halves(point: &[u8]) -> (String, Option<String>) {
    let coordinates = point.get(1..).unwrap_or_default();
    let (x, y) = coordinates.split_at(coordinates.len() / 2);
    (base64url::encode(x), Some(base64url::encode(y)))
}
