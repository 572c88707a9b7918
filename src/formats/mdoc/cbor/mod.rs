//! CBOR (RFC 8949) read with the bytes of every item at hand: digests and signatures of an mdoc are
//! over bytes as they came, and what is written back is never quite the same.

#[cfg(test)]
mod tests;
mod reader;

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

use crate::jose::base64url;

pub use reader::read;

/// The deepest nesting that is read.
pub const DEEPEST: usize = 24;
/// The most items that are read, those of arrays and maps included.
pub const MOST_ITEMS: usize = 65_536;

/// One item, with everything in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cbor<'a> {
    /// Its bytes, exactly as they came.
    pub raw: &'a [u8],
    /// What it is.
    pub kind: Kind<'a>,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'a> {
    /// Major types 0 and 1.
    Integer(i128),
    /// Major type 2.
    Bytes(Cow<'a, [u8]>),
    /// Major type 3.
    Text(Cow<'a, str>),
    /// Major type 4.
    Array(Vec<Cbor<'a>>),
    /// Major type 5, in the order in which it came, repeated keys included.
    Map(Vec<(Cbor<'a>, Cbor<'a>)>),
    /// Major type 6.
    Tag(u64, Box<Cbor<'a>>),
    /// Major type 7, a number.
    Float(f64),
    /// Major type 7, true or false.
    Bool(bool),
    /// Major type 7: null, undefined and what nobody assigned.
    Simple(u8),
}

/// What was read, and what is unusual about the way in which it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Document<'a> {
    /// The item.
    pub root: Cbor<'a>,
    /// What breaks no rule of well-formedness and should not be.
    pub oddities: Vec<Oddity>,
}

/// Something unusual in CBOR that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Oddity {
    /// There are bytes after the item.
    #[error("{0} bytes after the end")]
    Trailing(usize),
    /// A map has a key twice.
    #[error("a map with the key {0} twice")]
    RepeatedKey(String),
    /// A string, an array or a map whose length is not told beforehand.
    #[error("an item of indefinite length at byte {0}")]
    Indefinite(usize),
    /// A number or a length that is written longer than it has to be.
    #[error("a number written longer than needed at byte {0}")]
    LongHead(usize),
}

/// Bytes are no CBOR, or more than is read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CborError {
    /// The bytes end within an item.
    #[error("the CBOR ends at byte {0}, within an item")]
    Truncated(usize),
    /// A byte that begins no item.
    #[error("byte {at} begins no CBOR item: {octet:#04x}")]
    Unassigned {
        /// Where it stands.
        at: usize,
        /// The byte.
        octet: u8,
    },
    /// A text that is no UTF-8.
    #[error("the text at byte {0} is no UTF-8")]
    NotUtf8(usize),
    /// Items are nested deeper than [`DEEPEST`].
    #[error("CBOR nested deeper than {DEEPEST} levels")]
    TooDeep,
    /// There are more items than [`MOST_ITEMS`].
    #[error("more than {MOST_ITEMS} CBOR items")]
    TooMany,
}

impl Cbor<'_> {
    /// The bytes of a byte string.
    pub fn bytes(&self) -> Option<&[u8]> {
        match &self.kind {
            Kind::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The text of a text string.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of an integer.
    pub fn integer(&self) -> Option<i128> {
        match self.kind {
            Kind::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    /// The elements of an array.
    pub fn array(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a map.
    pub fn map(&self) -> Option<&[(Self, Self)]> {
        match &self.kind {
            Kind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The first value that a map has under a text.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.map()?.iter().find(|(own, _)| own.text() == Some(key)).map(|(_, value)| value)
    }

    /// The first value that a map has under an integer.
    pub fn at(&self, key: i128) -> Option<&Self> {
        self.map()?.iter().find(|(own, _)| own.integer() == Some(key)).map(|(_, value)| value)
    }

    /// The content of the item if it has this tag.
    pub fn tagged(&self, tag: u64) -> Option<&Self> {
        match &self.kind {
            Kind::Tag(own, content) if *own == tag => Some(content),
            _ => None,
        }
    }

    /// The bytes of CBOR that is embedded as `#6.24(bstr)` (RFC 8949, section 3.4.5.1).
    pub fn embedded(&self) -> Option<&[u8]> {
        self.tagged(24)?.bytes()
    }

    /// The type, in the words of the CDDL prelude (RFC 8610, appendix D).
    pub fn type_name(&self) -> String {
        match &self.kind {
            Kind::Integer(0..) => "uint".into(),
            Kind::Integer(_) => "nint".into(),
            Kind::Bytes(_) => "bstr".into(),
            Kind::Text(_) => "tstr".into(),
            Kind::Array(_) => "array".into(),
            Kind::Map(_) => "map".into(),
            Kind::Tag(0, _) => "tdate".into(),
            Kind::Tag(1004, _) => "full-date".into(),
            Kind::Tag(tag, content) => format!("#6.{tag}({})", content.type_name()),
            Kind::Float(_) => "float".into(),
            Kind::Bool(_) => "bool".into(),
            Kind::Simple(22) => "null".into(),
            Kind::Simple(23) => "undefined".into(),
            Kind::Simple(number) => format!("simple({number})"),
        }
    }

    /// The nearest JSON (RFC 8949, section 6.1): byte strings are base64url, tags are dropped, and
    /// keys of maps are texts.
    pub fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Integer(integer) => i64::try_from(*integer)
                .map(Value::from)
                .or_else(|_| u64::try_from(*integer).map(Value::from))
                .unwrap_or_else(|_| integer.to_string().into()),
            Kind::Bytes(bytes) => base64url::encode(bytes).into(),
            Kind::Text(text) => text.as_ref().into(),
            Kind::Array(items) => items.iter().map(Self::to_json).collect(),
            Kind::Map(entries) => Value::Object(entries.iter().map(member).collect::<Map<_, _>>()),
            Kind::Tag(_, content) => content.to_json(),
            Kind::Float(float) => Number::from_f64(*float).map_or(Value::Null, Value::Number),
            Kind::Bool(truth) => (*truth).into(),
            Kind::Simple(_) => Value::Null,
        }
    }
}

fn member((key, value): &(Cbor<'_>, Cbor<'_>)) -> (String, Value) {
    (name(key), value.to_json())
}

/// A key of a map as text.
fn name(key: &Cbor<'_>) -> String {
    key.text().map_or_else(|| key.to_json().to_string(), str::to_owned)
}
