//! Compact JWS, read strictly.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use crate::{public_key::PublicKey, strict_json};

/// Longest JWS a wallet may send, in bytes.
const LONGEST: usize = 16 * 1024;

/// A compact JWS whose three segments were readable; nothing about it has been verified.
#[derive(Debug)]
pub struct Jws<'a> {
    /// The protected header.
    pub header: Map<String, Value>,
    /// The claims.
    pub payload: Map<String, Value>,
    signing_input: &'a str,
    signature: Vec<u8>,
}

impl<'a> Jws<'a> {
    /// Takes three segments of unpadded base64url, the first two holding JSON objects without repeated names.
    pub fn read(text: &'a str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let (signing_input, signature) = text.rsplit_once('.')?;
        let (header, payload) = signing_input.split_once('.')?;
        let object = |segment: &str| {
            let bytes = URL_SAFE_NO_PAD.decode(segment).ok()?;
            strict_json::read_object(&bytes)
        };
        Some(Self {
            header: object(header)?,
            payload: object(payload)?,
            signing_input,
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }

    /// A header parameter that is a string.
    pub fn header_text(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }

    /// A claim that is a string.
    pub fn claim_text(&self, name: &str) -> Option<&str> {
        self.payload.get(name)?.as_str()
    }

    /// Whether a claim holds a number of seconds between `earliest` and `latest`, both included.
    pub fn claim_is_within(&self, name: &str, earliest: u64, latest: u64) -> bool {
        let Some(Value::Number(number)) = self.payload.get(name) else {
            return false;
        };
        let seconds = number.as_f64().unwrap_or(f64::NAN);
        (earliest as f64..=latest as f64).contains(&seconds)
    }

    /// Whether the signature is by this key, under the algorithm that the header names.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let algorithm = self.header_text("alg").unwrap_or_default();
        key.verifies(algorithm, self.signing_input.as_bytes(), &self.signature)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    fn segment(text: &str) -> String {
        URL_SAFE_NO_PAD.encode(text)
    }

    #[test]
    fn reads_three_segments() {
        let text = format!("{}.{}.", segment(r#"{"alg":"none"}"#), segment(r#"{"iat":5}"#));
        let jws = Jws::read(&text).unwrap();
        assert_eq!(jws.header_text("alg"), Some("none"));
        assert!(jws.claim_is_within("iat", 5, 5));
        assert!(!jws.claim_is_within("iat", 6, 9));
        assert!(!jws.claim_is_within("exp", 0, 9));
    }

    #[test]
    fn refuses_other_shapes() {
        let good = segment("{}");
        assert!(Jws::read("abc").is_none());
        assert!(Jws::read(&format!("{good}.{good}")).is_none());
        assert!(Jws::read(&format!("{good}.{good}.{good}.{good}")).is_none());
        assert!(Jws::read(&format!("{good}=.{good}.")).is_none());
        let repeated = segment(r#"{"a":1,"a":2}"#);
        assert!(Jws::read(&format!("{good}.{repeated}.")).is_none());
    }
}
