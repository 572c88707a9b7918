//! A public key as wallets show it: read from a JWK, a DID or a certificate, written as a JWK.

use aws_lc_rs::{
    digest,
    encoding::{AsDer, PublicKeyX509Der},
    signature::{
        ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, EcdsaVerificationAlgorithm,
        ParsedPublicKey, UnparsedPublicKey,
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rustls::{pki_types::CertificateDer, server::ParsedCertificate};
use serde_json::{Map, Value, json};

/// SHA-256 thumbprint of a JWK (RFC 7638).
pub type Thumbprint = [u8; 32];

/// Where a key lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
    /// Curve25519, in its form for signatures.
    Ed25519,
}

impl Curve {
    const ALL: [Self; 3] = [Self::P256, Self::P384, Self::Ed25519];

    /// `crv` of a JWK.
    fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::Ed25519 => "Ed25519",
        }
    }

    /// `kty` of a JWK.
    fn kind(self) -> &'static str {
        match self {
            Self::P256 | Self::P384 => "EC",
            Self::Ed25519 => "OKP",
        }
    }

    /// The bytes of a coordinate.
    fn width(self) -> usize {
        match self {
            Self::P256 | Self::Ed25519 => 32,
            Self::P384 => 48,
        }
    }

    fn ecdsa(self) -> Option<&'static EcdsaVerificationAlgorithm> {
        match self {
            Self::P256 => Some(&ECDSA_P256_SHA256_FIXED),
            Self::P384 => Some(&ECDSA_P384_SHA384_FIXED),
            Self::Ed25519 => None,
        }
    }

    /// What precedes the key in its SubjectPublicKeyInfo.
    fn spki_prefix(self) -> &'static [u8] {
        match self {
            Self::P256 => &[
                0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
                0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
            ],
            Self::P384 => &[
                0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
                0x05, 0x2b, 0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00,
            ],
            Self::Ed25519 => {
                &[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
            }
        }
    }
}

/// A public key: its uncompressed point, or the 32 bytes of an Ed25519 key, and the DID that a wallet named it by.
#[derive(Debug, Clone)]
pub struct PublicKey {
    curve: Curve,
    octets: Vec<u8>,
    did: Option<String>,
}

/// A key is the same whatever it is called.
impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.curve == other.curve && self.octets == other.octets
    }
}

impl Eq for PublicKey {}

impl PublicKey {
    /// The key in a JWK; `None` unless it is on a known curve with all coordinates at full length.
    pub fn from_jwk(jwk: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let curve = Curve::ALL.into_iter().find(|curve| text("crv") == Some(curve.name()))?;
        if text("kty") != Some(curve.kind()) {
            return None;
        }
        let coordinate = |name: &str| {
            let octets = URL_SAFE_NO_PAD.decode(text(name)?).ok()?;
            (octets.len() == curve.width()).then_some(octets)
        };
        let octets = match curve {
            Curve::Ed25519 => coordinate("x")?,
            Curve::P256 | Curve::P384 => [vec![4], coordinate("x")?, coordinate("y")?].concat(),
        };
        Self::from_octets(curve, &octets)
    }

    /// The key at a point in SEC 1 form, compressed or not.
    pub fn from_sec1(curve: Curve, bytes: &[u8]) -> Option<Self> {
        let parsed = ParsedPublicKey::new(curve.ecdsa()?, bytes).ok()?;
        let spki: PublicKeyX509Der = parsed.as_der().ok()?;
        Self::from_spki(spki.as_ref())
    }

    /// The key that a DER certificate certifies.
    pub fn from_certificate(certificate: &[u8]) -> Option<Self> {
        let certificate = CertificateDer::from(certificate);
        let parsed = ParsedCertificate::try_from(&certificate).ok()?;
        Self::from_spki(parsed.subject_public_key_info().as_ref())
    }

    /// The key at an uncompressed point, or an Ed25519 key, without asking whether the point is on the curve.
    pub fn from_octets(curve: Curve, octets: &[u8]) -> Option<Self> {
        let fits = match curve {
            Curve::Ed25519 => octets.len() == 32,
            Curve::P256 | Curve::P384 => {
                octets.first() == Some(&4) && octets.len() == 1 + 2 * curve.width()
            }
        };
        fits.then(|| Self { curve, octets: octets.to_vec(), did: None })
    }

    fn from_spki(spki: &[u8]) -> Option<Self> {
        Curve::ALL
            .into_iter()
            .find_map(|curve| Self::from_octets(curve, spki.strip_prefix(curve.spki_prefix())?))
    }

    /// The same key, named by this DID.
    pub fn named(self, did: &str) -> Self {
        Self { did: Some(did.to_owned()), ..self }
    }

    /// The DID that it was named by.
    pub fn did(&self) -> Option<&str> {
        self.did.as_deref()
    }

    /// Where it lies.
    pub fn curve(&self) -> Curve {
        self.curve
    }

    /// The uncompressed point, or the Ed25519 key.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// The required members of the JWK, and none besides.
    pub fn to_jwk(&self) -> Value {
        let (x, y) = self.encoded();
        let mut jwk = json!({"kty": self.curve.kind(), "crv": self.curve.name(), "x": x});
        if let Some(y) = y {
            jwk["y"] = json!(y);
        }
        jwk
    }

    /// SHA-256 over the required members in their fixed order (RFC 7638, section 3).
    pub fn thumbprint(&self) -> Thumbprint {
        let (x, y) = self.encoded();
        let y = y.map(|y| format!(r#","y":"{y}""#)).unwrap_or_default();
        let (curve, kind) = (self.curve.name(), self.curve.kind());
        let members = format!(r#"{{"crv":"{curve}","kty":"{kind}","x":"{x}"{y}}}"#);
        let mut thumbprint = [0; 32];
        thumbprint.copy_from_slice(digest::digest(&digest::SHA256, members.as_bytes()).as_ref());
        thumbprint
    }

    /// Whether this is the signature of the message under this key, by the JOSE algorithm of that name.
    pub fn verifies(&self, algorithm: &str, message: &[u8], signature: &[u8]) -> bool {
        let verified = match (self.curve, algorithm) {
            (Curve::P256, "ES256") => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &self.octets)
                    .verify(message, signature)
            }
            (Curve::P384, "ES384") => {
                UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, &self.octets)
                    .verify(message, signature)
            }
            (Curve::Ed25519, "EdDSA" | "Ed25519") => {
                UnparsedPublicKey::new(&ED25519, &self.octets).verify(message, signature)
            }
            _ => return false,
        };
        verified.is_ok()
    }

    /// Its coordinates, at full length; an Ed25519 key has one.
    pub fn coordinates(&self) -> (&[u8], Option<&[u8]>) {
        match (self.curve, self.octets.split_first()) {
            (Curve::P256 | Curve::P384, Some((_, coordinates))) => {
                let (x, y) = coordinates.split_at(coordinates.len() / 2);
                (x, Some(y))
            }
            _ => (&self.octets, None),
        }
    }

    fn encoded(&self) -> (String, Option<String>) {
        let (x, y) = self.coordinates();
        (URL_SAFE_NO_PAD.encode(x), y.map(|y| URL_SAFE_NO_PAD.encode(y)))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

    use super::*;

    fn any_key() -> PublicKey {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        PublicKey::from_octets(Curve::P256, pair.public_key().as_ref()).unwrap()
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
        let (x, y) = key.octets[1..].split_at(32);
        let mut compressed = vec![2 + (y[31] & 1)];
        compressed.extend(x);
        assert_eq!(PublicKey::from_sec1(Curve::P256, &compressed), Some(key));
    }

    #[test]
    fn refuses_short_coordinates_and_kinds_that_do_not_fit() {
        for jwk in [
            json!({"kty": "EC", "crv": "P-384", "x": "AA", "y": "AA"}),
            json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}),
            json!({"kty": "EC", "crv": "P-521", "x": "AA", "y": "AA"}),
            json!({"kty": "EC", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode([1; 32])}),
        ] {
            assert_eq!(PublicKey::from_jwk(jwk.as_object().unwrap()), None);
        }
    }
}
