//! The items of an mdoc: an element, its value, and the random bytes that hide it in its digest.

use serde_json::Value;

use super::cbor::{self, Cbor};

/// A namespace, and what was issued in it.
#[derive(Clone, Debug, PartialEq)]
pub struct NameSpace {
    /// Its name; a key that is no text is given as JSON.
    pub name: String,
    /// Its items; none where there is no array.
    pub items: Vec<Item>,
    /// What stands in the place of a non-empty array.
    pub problem: Option<String>,
}

/// An `IssuerSignedItem`.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The bytes that the digest is over, with the tag, exactly as they came.
    pub bytes: Vec<u8>,
    /// The embedded bytes, without the tag.
    pub inner: Vec<u8>,
    /// Whether it is embedded as `#6.24(bstr)`.
    pub is_tagged: bool,
    /// `digestID`, if it is an integer.
    pub digest_id: Option<i128>,
    /// `random`, if it is a byte string.
    pub random: Option<Vec<u8>>,
    /// `elementIdentifier`, if it is a text.
    pub identifier: Option<String>,
    /// `elementValue`.
    pub value: Option<Element>,
    /// Why nothing can be read of it.
    pub problem: Option<String>,
}

/// The value of an element.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Its type, in the words of CDDL: `tstr`, `full-date`.
    pub type_name: String,
    /// The nearest JSON.
    pub json: Value,
    /// Its bytes, exactly as they came.
    pub bytes: Vec<u8>,
}

/// Reads `nameSpaces`.
pub(super) fn name_spaces(
    entries: &[(Cbor<'_>, Cbor<'_>)],
    oddities: &mut Vec<String>,
) -> Vec<NameSpace> {
    let read = |(key, value): &(Cbor<'_>, Cbor<'_>)| {
        let items = value.array().unwrap_or_default();
        let problem = match value.array() {
            None => Some(value.type_name()),
            Some([]) => Some("an empty array".to_owned()),
            Some(_) => None,
        };
        NameSpace {
            name: key.text().map_or_else(|| key.to_json().to_string(), str::to_owned),
            items: items.iter().map(|item| Item::read(item, oddities)).collect(),
            problem,
        }
    };
    entries.iter().map(read).collect()
}

impl Item {
    fn read(item: &Cbor<'_>, oddities: &mut Vec<String>) -> Self {
        let Some(embedded) = item.embedded().or_else(|| item.bytes()) else {
            let problem = item.map().is_none().then(|| item.type_name());
            return Self::of(item, item, false, problem);
        };
        let is_tagged = item.embedded().is_some();
        match cbor::read(embedded) {
            Ok(document) => {
                oddities.extend(document.oddities.iter().map(|oddity| format!("item: {oddity}")));
                let root = &document.root;
                let problem = root.map().is_none().then(|| root.type_name());
                Self::of(item, root, is_tagged, problem)
            }
            Err(error) => Self::of(item, item, is_tagged, Some(error.to_string())),
        }
    }

    fn of(outer: &Cbor<'_>, map: &Cbor<'_>, is_tagged: bool, problem: Option<String>) -> Self {
        Self {
            bytes: outer.raw.to_vec(),
            inner: map.raw.to_vec(),
            is_tagged,
            digest_id: map.get("digestID").and_then(Cbor::integer),
            random: map.get("random").and_then(Cbor::bytes).map(<[u8]>::to_vec),
            identifier: map.get("elementIdentifier").and_then(Cbor::text).map(str::to_owned),
            value: map.get("elementValue").map(|value| Element {
                type_name: value.type_name(),
                json: value.to_json(),
                bytes: value.raw.to_vec(),
            }),
            problem,
        }
    }

    /// How to speak of it without telling its value.
    pub fn name(&self) -> String {
        match (&self.identifier, self.digest_id) {
            (Some(identifier), _) => identifier.clone(),
            (None, Some(id)) => format!("the item with digestID {id}"),
            (None, None) => "an item without name".to_owned(),
        }
    }
}
