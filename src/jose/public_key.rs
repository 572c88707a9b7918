//! The keys that signatures are verified with: P-256, P-384 and Ed25519, from a JWK or from a
//! certificate.

use serde_json::{Map, Value};
use x509_cert::der::Decode as _;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use super::base64url;
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::super::certificate::Certificate;
    use super::super::private_key::PrivateKey;
    use super::super::vectors;
    use super::*;
    use serde_json::json;

    fn key(value: Value) -> Result<PublicKey, KeyError> {
        PublicKey::from_jwk(&PublicJwk::from_value(&value).unwrap())
    }

    #[test]
    fn jwk_and_key_are_the_same_in_both_directions() {
        let mut kinds = Vec::new();
        for certificate in [vectors::ROOT, vectors::LEAF, vectors::EDWARDS] {
            let certified = Certificate::from_base64(certificate).unwrap().public_key().unwrap();
            assert_eq!(PublicKey::from_jwk(&certified.to_jwk()).unwrap(), certified);
            kinds.push(certified.curve());
        }
        assert_eq!(kinds, ["P-384", "P-256", "Ed25519"]);
    }

    #[test]
    fn the_key_of_a_certificate_is_the_one_that_was_certified() {
        let certificate = Certificate::from_base64(vectors::LEAF).unwrap();
        let key = certificate.public_key().unwrap();
        assert_eq!(key, PrivateKey::from_bytes(&vectors::LEAF_KEY).unwrap().public_key());
    }

    #[test]
    fn an_rsa_key_is_not_supported_and_named() {
        let rsa = Certificate::from_base64(vectors::RIVEST).unwrap().public_key();
        assert_eq!(rsa, Err(KeyError::Unsupported("RSA".to_owned())));
        assert!(matches!(
            key(json!({"kty": "RSA", "n": "AQ", "e": "AQAB"})),
            Err(KeyError::Unsupported(_))
        ));
        assert!(matches!(key(json!({"kty": "EC", "crv": "P-521"})), Err(KeyError::Unsupported(_))));
    }

    #[test]
    fn coordinates_have_their_full_length_and_lie_on_the_curve() {
        let short = key(json!({"kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ"}));
        assert_eq!(
            short.unwrap_err().to_string(),
            "expected `x` to be 32 bytes in unpadded base64url: found 1 bytes"
        );
        let one = base64url::encode([1_u8; 32]);
        let off = key(json!({"kty": "EC", "crv": "P-256", "x": one, "y": one}));
        assert_eq!(off, Err(KeyError::NotOnCurve("P-256")));
    }
}
