//! A Status List Token as it was published, opened leniently (draft-ietf-oauth-status-list): what
//! it claims, and the status of an entry. The CWT form is recognised and not read.

mod inflate;
mod packed;
mod reference;
#[cfg(test)]
pub(crate) mod vectors;

use serde_json::{Map, Number, Value};

use crate::jose::{Jws, JwsError};

pub use inflate::{InflateError, LARGEST_LIST};
pub use packed::StatusList;
pub use reference::{ReferenceError, StatusReference, is_for_cwts, status_claim};

/// The media type of the JWT form.
pub const JWT_MEDIA_TYPE: &str = "application/statuslist+jwt";
/// The media type of the CWT form.
pub const CWT_MEDIA_TYPE: &str = "application/statuslist+cwt";

/// A Status List Token in its JWT form, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusListToken {
    /// The signed JWT.
    pub jws: Jws,
    claims: Map<String, Value>,
}

/// Why a list cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatusListError {
    /// There is none.
    #[error("expected an object `status_list`, found {0}")]
    Missing(&'static str),
    /// `bits` is none of the four that are allowed.
    #[error("expected `bits` to be 1, 2, 4 or 8, found {0}")]
    Bits(String),
    /// `lst` is no text in base64url.
    #[error("expected `lst` in base64url without padding, found {0}")]
    Encoding(String),
    /// `lst` is not compressed as it has to be.
    #[error(transparent)]
    Compression(#[from] InflateError),
}

impl StatusListToken {
    /// Takes a token apart.
    ///
    /// # Errors
    /// [`JwsError`] if it is no JWT, or its payload no object.
    pub fn open(text: &str) -> Result<Self, JwsError> {
        let jws = Jws::parse(text.trim())?;
        let claims = jws.payload_claims()?.clone();
        Ok(Self { jws, claims })
    }

    /// The header's `typ`, if it is a string.
    pub fn token_type(&self) -> Option<&str> {
        self.jws.token_type()
    }

    /// A claim.
    pub fn claim(&self, name: &str) -> Option<&Value> {
        self.claims.get(name)
    }

    /// `sub`, if it is a string.
    pub fn subject(&self) -> Option<&str> {
        self.claim("sub")?.as_str()
    }

    /// A claim that is a number, such as `iat`, `exp` and `ttl`, in seconds.
    pub fn seconds(&self, name: &str) -> Option<f64> {
        self.claim(name).and_then(Value::as_number).and_then(Number::as_f64)
    }

    /// The list, decompressed.
    ///
    /// # Errors
    /// [`StatusListError`] says what is in the way.
    pub fn list(&self) -> Result<StatusList, StatusListError> {
        let list = self.claim("status_list");
        let Some(Value::Object(list)) = list else {
            return Err(StatusListError::Missing(kind(list)));
        };
        StatusList::read(list.get("bits"), list.get("lst"))
    }
}

/// What sort of value it is, in a word.
fn kind(value: Option<&Value>) -> &'static str {
    match value {
        None => "nothing",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "a boolean",
        Some(Value::Number(_)) => "a number",
        Some(Value::String(_)) => "a string",
        Some(Value::Array(_)) => "an array",
        Some(Value::Object(_)) => "an object",
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::vectors::TOKEN;
    use super::*;

    #[test]
    fn the_example_of_the_draft_is_read() {
        let token = StatusListToken::open(TOKEN).unwrap();
        assert_eq!(token.token_type(), Some("statuslist+jwt"));
        assert_eq!(token.subject(), Some("https://example.com/statuslists/1"));
        assert_eq!(token.seconds("ttl"), Some(43200.0));
        let list = token.list().unwrap();
        let found: Vec<Option<u8>> = (0..17).map(|index| list.get(index)).collect();
        let bits = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1];
        let expected: Vec<Option<u8>> = bits.into_iter().map(Some).chain([None]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_no_list_is_told() {
        let with = |json: &str| {
            let payload = crate::jose::base64url::encode(json);
            let token = StatusListToken::open(&format!("e30.{payload}.AA")).unwrap();
            token.list().map(|_| ()).unwrap_err().to_string()
        };
        assert!(with("{}").contains("found nothing"));
        assert!(with(r#"{"status_list":[]}"#).contains("an array"));
        assert!(with(r#"{"status_list":{"bits":3,"lst":""}}"#).contains("found 3"));
        assert!(with(r#"{"status_list":{"bits":"1","lst":""}}"#).contains("\"1\""));
        assert!(with(r#"{"status_list":{"bits":1,"lst":"a="}}"#).contains("base64url"));
    }
}
