//! The two DID methods a key proof may use without anything being fetched: `did:jwk` and `did:key`.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    public_key::{Curve, PublicKey},
    strict_json,
};

/// Multicodec prefixes, as varints: of a compressed point on P-256 and P-384, and of an Ed25519 key.
const P256_MULTICODEC: [u8; 2] = [0x80, 0x24];
const P384_MULTICODEC: [u8; 2] = [0x81, 0x24];
const ED25519_MULTICODEC: [u8; 2] = [0xed, 0x01];
/// Longest DID URL worth reading, in bytes.
const LONGEST: usize = 2048;
const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// The key that a DID URL in `kid` names; `None` for another method or another kind of key.
///
/// `did:jwk` has one verification method, `#0`; `did:key` repeats its identifier after the `#`.
pub fn resolve(url: &str) -> Option<PublicKey> {
    let (did, _) = url.split_once('#')?;
    Some(key(url)?.named(did))
}

fn key(url: &str) -> Option<PublicKey> {
    if url.len() > LONGEST {
        return None;
    }
    let (did, fragment) = url.split_once('#')?;
    if let Some(encoded) = did.strip_prefix("did:jwk:") {
        let text = URL_SAFE_NO_PAD.decode(encoded).ok()?;
        let jwk = strict_json::read_object(&text)?;
        let is_public = !jwk.contains_key("d");
        return PublicKey::from_jwk(&jwk).filter(|_| fragment == "0" && is_public);
    }
    let identifier = did.strip_prefix("did:key:")?;
    let bytes = base58(identifier.strip_prefix('z')?)?;
    if fragment != identifier {
        return None;
    }
    if let Some(key) = bytes.strip_prefix(&ED25519_MULTICODEC) {
        return PublicKey::from_octets(Curve::Ed25519, key);
    }
    let (curve, point, length) = match bytes.strip_prefix(&P256_MULTICODEC) {
        Some(point) => (Curve::P256, point, 33),
        None => (Curve::P384, bytes.strip_prefix(&P384_MULTICODEC)?, 49),
    };
    PublicKey::from_sec1(curve, point).filter(|_| point.len() == length)
}

/// Base58 as Bitcoin writes it; identifiers longer than any `did:key` here are not decoded.
fn base58(text: &str) -> Option<Vec<u8>> {
    if text.len() > 80 {
        return None;
    }
    let zeros = text.bytes().take_while(|&byte| byte == b'1').count();
    let mut little_endian: Vec<u8> = Vec::new();
    for byte in text.bytes() {
        let mut carry = BASE58.iter().position(|&digit| digit == byte)?;
        for place in &mut little_endian {
            carry += usize::from(*place) * 58;
            *place = u8::try_from(carry & 0xff).ok()?;
            carry >>= 8;
        }
        while carry > 0 {
            little_endian.push(u8::try_from(carry & 0xff).ok()?);
            carry >>= 8;
        }
    }
    little_endian.resize(little_endian.len() + zeros, 0);
    little_endian.reverse();
    Some(little_endian)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use serde_json::json;

    use super::*;

    /// The P-256 example of the did:key method specification.
    const EXAMPLE: &str = "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169";

    #[test]
    fn resolves_did_key() {
        let did = format!("did:key:{EXAMPLE}#{EXAMPLE}");
        assert!(resolve(&did).is_some());
        assert_eq!(resolve(&format!("did:key:{EXAMPLE}#0")), None);
        assert_eq!(resolve(&format!("did:key:{EXAMPLE}")), None);
    }

    #[test]
    fn resolves_did_jwk() {
        let key = resolve(&format!("did:key:{EXAMPLE}#{EXAMPLE}")).unwrap();
        let encoded = URL_SAFE_NO_PAD.encode(key.to_jwk().to_string());
        assert_eq!(resolve(&format!("did:jwk:{encoded}#0")), Some(key.clone()));

        let mut private = key.to_jwk();
        private["d"] = json!("AA");
        let encoded = URL_SAFE_NO_PAD.encode(private.to_string());
        assert_eq!(resolve(&format!("did:jwk:{encoded}#0")), None);
    }

    #[test]
    fn fetches_nothing() {
        assert_eq!(resolve("did:web:example.com#key-1"), None);
    }
}
