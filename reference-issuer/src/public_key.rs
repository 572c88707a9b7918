//! A P-256 public key as wallets show it: read from a JWK, a DID or a certificate, written as a JWK.

use aws_lc_rs::{
    digest,
    encoding::{AsDer, PublicKeyX509Der},
    signature::{ECDSA_P256_SHA256_FIXED, ParsedPublicKey, UnparsedPublicKey},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rustls::{pki_types::CertificateDer, server::ParsedCertificate};
use serde_json::{Map, Value, json};

/// SHA-256 thumbprint of a JWK (RFC 7638).
pub type Thumbprint = [u8; 32];

/// What precedes the 65 bytes of the point in the SubjectPublicKeyInfo of a P-256 key.
const SPKI_PREFIX: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// A P-256 public key, as its uncompressed point, and the DID that a wallet named it by.
#[derive(Debug, Clone)]
pub struct PublicKey {
    point: [u8; 65],
    did: Option<String>,
}

/// A key is the same whatever it is called.
impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.point == other.point
    }
}

impl Eq for PublicKey {}

impl PublicKey {
    /// The key in a JWK; `None` unless it is an EC key on P-256 with both coordinates at full length.
    pub fn from_jwk(jwk: &Map<String, Value>) -> Option<Self> {
        let is = |name: &str, value: &str| jwk.get(name).and_then(Value::as_str) == Some(value);
        if !is("kty", "EC") || !is("crv", "P-256") {
            return None;
        }
        let coordinate = |name: &str| -> Option<[u8; 32]> {
            let text = jwk.get(name)?.as_str()?;
            URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
        };
        let mut point = vec![4];
        point.extend(coordinate("x")?);
        point.extend(coordinate("y")?);
        Self::from_uncompressed(&point)
    }

    /// The key at a point in SEC 1 form, compressed or not.
    pub fn from_sec1(bytes: &[u8]) -> Option<Self> {
        let parsed = ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, bytes).ok()?;
        let spki: PublicKeyX509Der = parsed.as_der().ok()?;
        Self::from_spki(spki.as_ref())
    }

    /// The key that a DER certificate certifies.
    pub fn from_certificate(certificate: &[u8]) -> Option<Self> {
        let certificate = CertificateDer::from(certificate);
        let parsed = ParsedCertificate::try_from(&certificate).ok()?;
        Self::from_spki(parsed.subject_public_key_info().as_ref())
    }

    /// The key at an uncompressed point, without asking whether the point is on the curve.
    pub fn from_uncompressed(bytes: &[u8]) -> Option<Self> {
        let point: [u8; 65] = bytes.try_into().ok()?;
        (point.first() == Some(&4)).then_some(Self { point, did: None })
    }

    fn from_spki(spki: &[u8]) -> Option<Self> {
        Self::from_uncompressed(spki.strip_prefix(&SPKI_PREFIX)?)
    }

    /// The same key, named by this DID.
    pub fn named(self, did: &str) -> Self {
        Self { did: Some(did.to_owned()), ..self }
    }

    /// The DID that it was named by.
    pub fn did(&self) -> Option<&str> {
        self.did.as_deref()
    }

    /// The uncompressed point.
    pub fn uncompressed(&self) -> &[u8] {
        &self.point
    }

    /// The required members of the JWK, and none besides.
    pub fn to_jwk(&self) -> Value {
        let (x, y) = self.coordinates();
        json!({"kty": "EC", "crv": "P-256", "x": x, "y": y})
    }

    /// SHA-256 over the required members in their fixed order (RFC 7638, section 3).
    pub fn thumbprint(&self) -> Thumbprint {
        let (x, y) = self.coordinates();
        let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        let mut thumbprint = [0; 32];
        thumbprint.copy_from_slice(digest::digest(&digest::SHA256, members.as_bytes()).as_ref());
        thumbprint
    }

    /// Whether this is the ES256 signature of the message under this key.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, self.point)
            .verify(message, signature)
            .is_ok()
    }

    /// Both coordinates, at full length.
    pub fn point(&self) -> (&[u8], &[u8]) {
        let [_, coordinates @ ..] = &self.point;
        coordinates.split_at(32)
    }

    fn coordinates(&self) -> (String, String) {
        let (x, y) = self.point();
        (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

    use super::*;

    fn any_key() -> PublicKey {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        PublicKey::from_uncompressed(pair.public_key().as_ref()).unwrap()
    }

    #[test]
    fn survives_the_jwk() {
        let key = any_key();
        let jwk = key.to_jwk();
        assert_eq!(PublicKey::from_jwk(jwk.as_object().unwrap()), Some(key));
    }

    #[test]
    fn opens_a_compressed_point() {
        let key = any_key();
        let (x, y) = key.point[1..].split_at(32);
        let mut compressed = vec![2 + (y[31] & 1)];
        compressed.extend(x);
        assert_eq!(PublicKey::from_sec1(&compressed), Some(key));
    }

    #[test]
    fn refuses_other_curves_and_short_coordinates() {
        let jwk = json!({"kty": "EC", "crv": "P-384", "x": "AA", "y": "AA"});
        assert_eq!(PublicKey::from_jwk(jwk.as_object().unwrap()), None);
        let jwk = json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"});
        assert_eq!(PublicKey::from_jwk(jwk.as_object().unwrap()), None);
    }
}
