//! The key of the holder as a COSE_Key (RFC 9052, section 7), turned into the JWK that the wallet proved.

use serde_json::{Map, Value, json};

use super::cbor::{Cbor, Kind};
use crate::jose::{PublicJwk, PublicKey, base64url};

/// `deviceKeyInfo.deviceKey`.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceKey {
    /// The key as JWK, or why it has none.
    pub jwk: Result<PublicJwk, String>,
    /// Whether it holds the private part.
    pub is_private: bool,
}

/// Labels of a COSE_Key, and of its parameters for curves (RFC 9053, section 7).
const KTY: i128 = 1;
const CRV: i128 = -1;
const X: i128 = -2;
const Y: i128 = -3;
const D: i128 = -4;

impl DeviceKey {
    pub(super) fn read(key: &Cbor<'_>) -> Self {
        Self { jwk: jwk(key), is_private: key.at(D).is_some() }
    }
}

fn jwk(key: &Cbor<'_>) -> Result<PublicJwk, String> {
    if key.map().is_none() {
        return Err(format!("expected a COSE_Key, a map, found {}", key.type_name()));
    }
    let number = |label| key.at(label).and_then(Cbor::integer);
    let (kind, curve, length) = match (number(KTY), number(CRV)) {
        (Some(2), Some(1)) => ("EC", "P-256", 32),
        (Some(2), Some(2)) => ("EC", "P-384", 48),
        (Some(2), Some(3)) => ("EC", "P-521", 66),
        (Some(1), Some(6)) => ("OKP", "Ed25519", 32),
        (Some(kty), Some(crv)) => return Err(format!("kty {kty} with curve {crv} is not known")),
        _ => return Err("kty (1) and crv (-1) have to be integers".to_owned()),
    };
    let x = coordinate(key.at(X), "x", length)?;
    let mut members = Map::new();
    members.insert("kty".to_owned(), json!(kind));
    members.insert("crv".to_owned(), json!(curve));
    members.insert("x".to_owned(), Value::String(base64url::encode(x)));
    if kind == "EC" {
        if let Some(Kind::Bool(is_odd)) = key.at(Y).map(|y| &y.kind) {
            return decompressed(curve, x, *is_odd);
        }
        let y = coordinate(key.at(Y), "y", length)?;
        members.insert("y".to_owned(), Value::String(base64url::encode(y)));
    }
    Ok(PublicJwk::from_members(members))
}

/// A coordinate, with its leading zeros.
fn coordinate<'a>(
    value: Option<&'a Cbor<'_>>,
    name: &str,
    length: usize,
) -> Result<&'a [u8], String> {
    let value = value.ok_or_else(|| format!("{name} is missing"))?;
    let bytes = value.bytes().ok_or_else(|| format!("{name} is {}", value.type_name()))?;
    if bytes.len() != length {
        return Err(format!("{name} has {} bytes, not {length}", bytes.len()));
    }
    Ok(bytes)
}

/// The whole key, where only the sign of y is told.
fn decompressed(curve: &str, x: &[u8], is_odd: bool) -> Result<PublicJwk, String> {
    let mut point = vec![2 + u8::from(is_odd)];
    point.extend(x);
    let key = match curve {
        "P-256" => p256::ecdsa::VerifyingKey::from_sec1_bytes(&point).map(PublicKey::P256).ok(),
        "P-384" => p384::ecdsa::VerifyingKey::from_sec1_bytes(&point).map(PublicKey::P384).ok(),
        _ => return Err(format!("a compressed point of {curve} is not opened")),
    };
    key.map(|key| key.to_jwk()).ok_or_else(|| format!("the point is not on {curve}"))
}
