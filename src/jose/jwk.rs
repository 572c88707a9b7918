//! A JSON Web Key as it came (RFC 7517): every member is kept, so that what does not belong into a
//! public key can be seen before it is judged.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::base64url;
use super::public_key::PublicKey;

/// The members of RFC 7518, section 6 that hold private or symmetric key material.
const PRIVATE_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A JSON object that is meant as a public key. Nothing about its members is checked until a
/// method needs them.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicJwk(Map<String, Value>);

/// A key could not be read or made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The value that should be a key is no JSON object.
    #[error("expected a JSON object as key, found {0}")]
    NotAnObject(&'static str),
    /// A member that this kind of key needs is absent or no string.
    #[error("expected the string member `{0}` in the key, found {1}")]
    Member(&'static str, &'static str),
    /// A coordinate is no base64url, or not as long as the curve demands.
    #[error("expected `{member}` to be {expected} bytes in unpadded base64url: {actual}")]
    Coordinate {
        /// The member that holds the coordinate.
        member: &'static str,
        /// The length that the curve demands, in bytes.
        expected: usize,
        /// What was found instead.
        actual: String,
    },
    /// The coordinates name no point of the curve.
    #[error("the key is not a point of the curve {0}")]
    NotOnCurve(&'static str),
    /// A kind of key that cannot be used for verifying here.
    #[error("keys of kind {0} are not supported")]
    Unsupported(String),
    /// The encoding around a key is broken.
    #[error("unreadable public key: {0}")]
    Unreadable(String),
    /// The bytes are no private key, or the system gave no randomness.
    #[error("no private key: {0}")]
    NoPrivateKey(String),
}

impl PublicJwk {
    /// Takes a JSON value, which has to be an object, as a key.
    ///
    /// # Errors
    /// [`KeyError::NotAnObject`]
    pub fn from_value(value: &Value) -> Result<Self, KeyError> {
        match value {
            Value::Object(members) => Ok(Self(members.clone())),
            other => Err(KeyError::NotAnObject(kind_of(other))),
        }
    }

    /// Takes the members of a key as they are.
    pub fn from_members(members: Map<String, Value>) -> Self {
        Self(members)
    }

    /// All members, in the order in which they came.
    pub fn members(&self) -> &Map<String, Value> {
        &self.0
    }

    /// The key as a JSON value.
    pub fn to_value(&self) -> Value {
        Value::Object(self.0.clone())
    }

    /// The member `kty`, if it is a string.
    pub fn key_type(&self) -> Option<&str> {
        self.text("kty")
    }

    /// The member `kid`, if it is a string.
    pub fn key_id(&self) -> Option<&str> {
        self.text("kid")
    }

    /// The member `alg`, if it is a string.
    pub fn algorithm(&self) -> Option<&str> {
        self.text("alg")
    }

    /// Whether there is a member that holds private or symmetric key material.
    pub fn has_private_members(&self) -> bool {
        self.private_members().next().is_some()
    }

    /// The names of the members that hold private or symmetric key material.
    pub fn private_members(&self) -> impl Iterator<Item = &'static str> {
        PRIVATE_MEMBERS.into_iter().filter(|name| self.0.contains_key(*name))
    }

    /// The SHA-256 thumbprint in base64url (RFC 7638): equal for equal keys, whatever else the
    /// two objects say.
    ///
    /// # Errors
    /// [`KeyError::Member`] if a required member is not there, [`KeyError::Unsupported`] for an
    /// unknown `kty`.
    pub fn thumbprint(&self) -> Result<String, KeyError> {
        let names: &[&'static str] = match self.required("kty")? {
            "EC" => &["crv", "kty", "x", "y"],
            "OKP" => &["crv", "kty", "x"],
            "RSA" => &["e", "kty", "n"],
            "oct" => &["k", "kty"],
            other => return Err(KeyError::Unsupported(format!("`{other}`"))),
        };
        let mut canonical = Map::new();
        for &name in names {
            canonical.insert(name.to_owned(), self.required(name)?.into());
        }
        let canonical = Value::Object(canonical).to_string();
        Ok(base64url::encode(Sha256::digest(canonical)))
    }

    /// The key for verifying.
    ///
    /// # Errors
    /// See [`PublicKey::from_jwk`].
    pub fn to_public_key(&self) -> Result<PublicKey, KeyError> {
        PublicKey::from_jwk(self)
    }

    pub(super) fn required(&self, name: &'static str) -> Result<&str, KeyError> {
        match self.0.get(name) {
            Some(Value::String(text)) => Ok(text),
            Some(other) => Err(KeyError::Member(name, kind_of(other))),
            None => Err(KeyError::Member(name, "nothing")),
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }
}

/// Shows a key without its private members, should it have any.
impl fmt::Debug for PublicJwk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut members = formatter.debug_map();
        for (name, value) in &self.0 {
            if PRIVATE_MEMBERS.contains(&name.as_str()) {
                members.entry(name, &"(hidden)");
            } else {
                members.entry(name, value);
            }
        }
        members.finish()
    }
}

/// What kind of JSON value this is, in words.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use serde_json::json;

    #[test]
    fn thumbprint_is_that_of_rfc_7638_section_3_1() {
        let jwk = PublicJwk::from_value(&json!({
            "kty": "RSA",
            "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
            "e": "AQAB",
            "alg": "RS256",
            "kid": "2011-04-29",
        }))
        .unwrap();
        assert_eq!(jwk.thumbprint().unwrap(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
        assert_eq!(jwk.key_id(), Some("2011-04-29"));
        assert_eq!(jwk.algorithm(), Some("RS256"));
    }

    #[test]
    fn thumbprint_of_an_okp_key_is_that_of_rfc_8037_a_3() {
        let jwk = PublicJwk::from_value(&json!({
            "crv": "Ed25519", "kty": "OKP",
            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        }))
        .unwrap();
        assert_eq!(jwk.thumbprint().unwrap(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn other_members_and_their_order_do_not_change_the_thumbprint() {
        let one = json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AQ"});
        let two = json!({"use": "sig", "y": "AQ", "x": "AA", "crv": "P-256", "kty": "EC"});
        assert_eq!(
            PublicJwk::from_value(&one).unwrap().thumbprint(),
            PublicJwk::from_value(&two).unwrap().thumbprint(),
        );
    }

    #[test]
    fn nonsense_is_kept_and_named() {
        assert_eq!(PublicJwk::from_value(&json!("x")), Err(KeyError::NotAnObject("a string")));
        let jwk = PublicJwk::from_value(&json!({"kty": "EC", "crv": 7})).unwrap();
        assert_eq!(jwk.thumbprint(), Err(KeyError::Member("crv", "a number")));
        assert_eq!(jwk.to_value(), json!({"kty": "EC", "crv": 7}));
        let jwk = PublicJwk::from_value(&json!({"kty": "EC", "crv": "P-256"})).unwrap();
        assert_eq!(jwk.thumbprint(), Err(KeyError::Member("x", "nothing")));
    }

    #[test]
    fn private_members_are_seen_and_not_shown() {
        let jwk = PublicJwk::from_value(&json!({"kty": "EC", "d": "a-secret"})).unwrap();
        assert!(jwk.has_private_members());
        assert_eq!(jwk.private_members().collect::<Vec<_>>(), ["d"]);
        assert!(!format!("{jwk:?}").contains("a-secret"));
        let oct = PublicJwk::from_value(&json!({"kty": "oct", "k": "AA"})).unwrap();
        assert!(oct.has_private_members());
    }
}
