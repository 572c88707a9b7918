//! Where a credential says what became of it: the one seam through which a `status` is found,
//! whatever the format (draft-ietf-oauth-status-list 6).

use serde_json::{Map, Value};

use super::super::{Mdoc, SdJwt};
use super::kind;

/// An entry in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatusReference {
    /// Where the list is, exactly as written.
    pub uri: String,
    /// Which entry it is, from 0.
    pub index: u64,
}

/// Why a `status` refers to no entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// It is no object.
    #[error("expected `status` to be an object, found {0}")]
    Status(&'static str),
    /// It names no mechanism at all.
    #[error("expected `status` to name a mechanism, found an empty object")]
    Empty,
    /// It has other mechanisms only, which the draft allows.
    #[error("`status` has no `status_list`, but {0}")]
    Other(String),
    /// `status_list` is no object.
    #[error("expected `status_list` to be an object, found {0}")]
    List(&'static str),
    /// `idx` is no whole number from 0.
    #[error("expected `idx` to be a whole number from 0, found {0}")]
    Index(String),
    /// `uri` is no URI.
    #[error("expected `uri` to be a URI, found {0}")]
    Uri(String),
}

impl StatusReference {
    /// Reads the value of a `status` claim.
    ///
    /// # Errors
    /// [`ReferenceError`], of which only `Other` is in order.
    pub fn read(status: &Value) -> Result<Self, ReferenceError> {
        let mechanisms = status.as_object().ok_or(ReferenceError::Status(kind(Some(status))))?;
        let Some(list) = mechanisms.get("status_list") else {
            return Err(match mechanisms.is_empty() {
                true => ReferenceError::Empty,
                false => ReferenceError::Other(names(mechanisms)),
            });
        };
        let list = list.as_object().ok_or(ReferenceError::List(kind(Some(list))))?;
        let found = |name| list.get(name).map_or_else(|| "nothing".to_owned(), Value::to_string);
        let index = list.get("idx").and_then(Value::as_u64);
        let index = index.ok_or_else(|| ReferenceError::Index(found("idx")))?;
        let uri = list.get("uri").and_then(Value::as_str);
        let uri = uri.filter(|uri| url::Url::parse(uri).is_ok());
        let uri = uri.ok_or_else(|| ReferenceError::Uri(found("uri")))?;
        Ok(Self { uri: uri.to_owned(), index })
    }
}

/// The `status` of a credential of any format that is opened here; none where it has none.
pub fn status_claim(credential: &str) -> Option<Value> {
    match SdJwt::open(credential) {
        Ok(jwt) => jwt.payload().get("status").cloned(),
        Err(_) => Mdoc::open(credential).ok()?.security_object.ok()?.status,
    }
}

/// Whether the readers of a credential take its list as a CWT: those of an mdoc. Only that has no full stop in its
/// text.
pub fn is_for_cwts(credential: &str) -> bool {
    !credential.contains('.')
}

fn names(object: &Map<String, Value>) -> String {
    let names: Vec<&str> = object.keys().take(6).map(String::as_str).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reference_is_an_index_and_a_uri() {
        let status = json!({ "status_list": { "idx": 7, "uri": "https://h/1", "more": true } });
        let expected = StatusReference { uri: "https://h/1".into(), index: 7 };
        assert_eq!(StatusReference::read(&status), Ok(expected));
    }

    #[test]
    fn what_refers_to_nothing_is_told() {
        let says = |status: Value| {
            StatusReference::read(&status).err().map(|error| error.to_string()).unwrap_or_default()
        };
        assert!(says(json!("valid")).contains("found a string"));
        assert!(says(json!({})).contains("empty"));
        assert!(says(json!({ "identifier_list": {} })).contains("but identifier_list"));
        assert!(says(json!({ "status_list": 1 })).contains("a number"));
        let list =
            |idx: Value, uri: Value| says(json!({ "status_list": { "idx": idx, "uri": uri } }));
        for idx in [json!("7"), json!(-1), json!(1.5), Value::Null] {
            assert!(list(idx, json!("https://h/1")).contains("`idx`"));
        }
        for uri in [json!("/1"), json!(1), json!("")] {
            assert!(list(json!(7), uri).contains("`uri`"));
        }
        assert!(says(json!({ "status_list": {} })).contains("found nothing"));
    }

    #[test]
    fn a_credential_that_cannot_be_opened_has_no_status() {
        assert_eq!(status_claim("nonsense"), None);
        let payload = crate::jose::base64url::encode(r#"{"status":{"status_list":{}}}"#);
        assert_eq!(status_claim(&format!("e30.{payload}.AA~")), Some(json!({"status_list": {}})));
    }
}
