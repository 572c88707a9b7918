//! One disclosure: salt, name and value of a property, or salt and value of an array element
//! (RFC 9901, section 4.2).

use serde_json::Value;

use super::HashAlgorithm;
use crate::jose::{base64url, json};

/// A disclosure as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Disclosure {
    /// The text between the tildes; its digest is computed over exactly this.
    pub encoded: String,
    /// What it says.
    pub kind: DisclosureKind,
    /// Names that an object in it has more than once.
    pub repeated_names: Vec<String>,
}

/// What a disclosure says.
#[derive(Clone, Debug, PartialEq)]
pub enum DisclosureKind {
    /// Three elements: a property of an object.
    Property {
        /// The salt.
        salt: String,
        /// The property's name, even one that is forbidden.
        name: String,
        /// The property's value, which may hold digests in turn.
        value: Value,
    },
    /// Two elements: an element of an array.
    Element {
        /// The salt.
        salt: String,
        /// The element, which may hold digests in turn.
        value: Value,
    },
    /// Neither.
    Malformed {
        /// What is wrong with it.
        why: String,
    },
}

impl Disclosure {
    pub(super) fn read(encoded: &str) -> Self {
        let (kind, repeated_names) = match decode(encoded) {
            Ok((kind, repeated_names)) => (kind, repeated_names),
            Err(why) => (DisclosureKind::Malformed { why }, Vec::new()),
        };
        Self { encoded: encoded.to_owned(), kind, repeated_names }
    }

    /// Its digest: base64url of the hash of the text as it came (RFC 9901, section 4.2.3).
    pub fn digest(&self, hash: HashAlgorithm) -> String {
        hash.digest(&self.encoded)
    }

    /// Its salt, unless it is malformed.
    pub fn salt(&self) -> Option<&str> {
        match &self.kind {
            DisclosureKind::Property { salt, .. } | DisclosureKind::Element { salt, .. } => {
                Some(salt)
            }
            DisclosureKind::Malformed { .. } => None,
        }
    }

    /// The name that it discloses, if it is a property.
    pub fn name(&self) -> Option<&str> {
        match &self.kind {
            DisclosureKind::Property { name, .. } => Some(name),
            _ => None,
        }
    }

    /// The value that it discloses, unless it is malformed.
    pub fn value(&self) -> Option<&Value> {
        match &self.kind {
            DisclosureKind::Property { value, .. } | DisclosureKind::Element { value, .. } => {
                Some(value)
            }
            DisclosureKind::Malformed { .. } => None,
        }
    }
}

fn decode(encoded: &str) -> Result<(DisclosureKind, Vec<String>), String> {
    if encoded.is_empty() {
        return Err("expected a disclosure between two tildes, found nothing".to_owned());
    }
    let bytes = base64url::decode(encoded).map_err(|error| error.to_string())?;
    let text = json::read(&bytes).map_err(|error| error.to_string())?;
    let Value::Array(elements) = text.value else {
        return Err("expected a JSON array".to_owned());
    };
    let count = elements.len();
    let mut elements = elements.into_iter();
    let kind = match (count, elements.next(), elements.next(), elements.next()) {
        (2, Some(Value::String(salt)), Some(value), None) => {
            DisclosureKind::Element { salt, value }
        }
        (3, Some(Value::String(salt)), Some(Value::String(name)), Some(value)) => {
            DisclosureKind::Property { salt, name, value }
        }
        (3, Some(Value::String(_)), ..) => return Err("expected a string as name".to_owned()),
        (2 | 3, ..) => return Err("expected a string as salt".to_owned()),
        _ => {
            return Err(format!("expected 3 elements, or 2 for an array element, found {count}"));
        }
    };
    Ok((kind, text.repeated_names))
}
