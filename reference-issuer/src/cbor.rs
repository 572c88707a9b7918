//! CBOR (RFC 8949), written in its one deterministic form but for the order of maps, which is the writer's own.

/// An item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cbor {
    /// A number of either sign.
    Integer(i64),
    /// A byte string.
    Bytes(Vec<u8>),
    /// A text.
    Text(String),
    /// An array.
    Array(Vec<Cbor>),
    /// A map, in the order in which it is written.
    Map(Vec<(Cbor, Cbor)>),
    /// A tagged item.
    Tag(u64, Box<Cbor>),
    /// True or false.
    Bool(bool),
    /// Null.
    Null,
}

impl Cbor {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A tagged item.
    pub fn tagged(tag: u64, content: Self) -> Self {
        Self::Tag(tag, Box::new(content))
    }

    /// A map whose keys are texts.
    pub fn map<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Map(members.map(|(name, value)| (Self::text(name), value)).into())
    }

    /// The item as CBOR within CBOR, `#6.24(bstr)`.
    pub fn embedded(&self) -> Self {
        Self::tagged(24, Self::Bytes(self.encode()))
    }

    /// The value that a map has under a text.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Self> {
        let Self::Map(members) = self else { return None };
        let mut members = members.iter_mut();
        members.find(|(key, _)| matches!(key, Self::Text(text) if text == name)).map(|(_, it)| it)
    }

    /// The elements of an array.
    pub fn array_mut(&mut self) -> Option<&mut Vec<Self>> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.write(&mut bytes);
        bytes
    }

    fn write(&self, into: &mut Vec<u8>) {
        match self {
            Self::Integer(number @ 0..) => head(0, number.unsigned_abs(), into),
            Self::Integer(number) => head(1, number.unsigned_abs() - 1, into),
            Self::Bytes(bytes) => {
                head(2, bytes.len() as u64, into);
                into.extend(bytes);
            }
            Self::Text(text) => {
                head(3, text.len() as u64, into);
                into.extend(text.as_bytes());
            }
            Self::Array(items) => {
                head(4, items.len() as u64, into);
                items.iter().for_each(|item| item.write(into));
            }
            Self::Map(members) => {
                head(5, members.len() as u64, into);
                for (key, value) in members {
                    key.write(into);
                    value.write(into);
                }
            }
            Self::Tag(tag, content) => {
                head(6, *tag, into);
                content.write(into);
            }
            Self::Bool(false) => into.push(0xf4),
            Self::Bool(true) => into.push(0xf5),
            Self::Null => into.push(0xf6),
        }
    }
}

impl From<&str> for Cbor {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

/// Major type and argument, in the shortest form.
fn head(major: u8, argument: u64, into: &mut Vec<u8>) {
    let major = major << 5;
    let [.., a, b, c, d, e, f, g] = argument.to_be_bytes();
    match argument {
        0..24 => into.push(major | g),
        24..0x100 => into.extend([major | 24, g]),
        0x100..0x1_0000 => into.extend([major | 25, f, g]),
        0x1_0000..0x1_0000_0000 => into.extend([major | 26, d, e, f, g]),
        _ => {
            into.push(major | 27);
            into.extend([argument.to_be_bytes()[0], a, b, c, d, e, f, g]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples of RFC 8949, appendix A.
    #[test]
    fn writes_the_shortest_form() {
        let hex = |item: Cbor| -> String {
            item.encode().iter().map(|byte| format!("{byte:02x}")).collect()
        };
        assert_eq!(hex(Cbor::Integer(23)), "17");
        assert_eq!(hex(Cbor::Integer(24)), "1818");
        assert_eq!(hex(Cbor::Integer(1000)), "1903e8");
        assert_eq!(hex(Cbor::Integer(1_000_000)), "1a000f4240");
        assert_eq!(hex(Cbor::Integer(1_000_000_000_000)), "1b000000e8d4a51000");
        assert_eq!(hex(Cbor::Integer(-1000)), "3903e7");
        assert_eq!(hex(Cbor::Bytes(vec![1, 2, 3, 4])), "4401020304");
        assert_eq!(
            hex(Cbor::map([("a", Cbor::Integer(1)), ("b", Cbor::Bool(true))])),
            "a26161016162f5"
        );
        let date = Cbor::tagged(0, "2013-03-21T20:04:00Z".into());
        assert_eq!(hex(date), "c074323031332d30332d32315432303a30343a30305a");
        assert_eq!(hex(Cbor::Integer(1).embedded()), "d8184101");
        assert_eq!(hex(Cbor::Array(vec![Cbor::Null])), "81f6");
    }
}
