//! JSON that remembers repeated member names: RFC 7519, section 4 lets a reader keep the last one
//! or refuse, so a judge has to see that there were two.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// A JSON text that was read: the value, and which names occur twice in one object.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonText {
    /// The value; of a repeated member the last one, as most readers do.
    pub value: Value,
    /// The names that occur more than once in one object, as they were met.
    pub repeated_names: Vec<String>,
}

/// The bytes are no JSON text, or it is nested deeper than 128 levels.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not JSON: {0}")]
pub struct NotJson(String);

/// Reads one JSON text; nesting is bounded at 128 levels.
///
/// # Errors
/// [`NotJson`] with line and column.
pub fn read(bytes: &[u8]) -> Result<JsonText, NotJson> {
    let mut repeated_names = Vec::new();
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Attentive(&mut repeated_names)
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| NotJson(error.to_string()))?;
    Ok(JsonText { value, repeated_names })
}

/// Builds a value and writes down each name that its object already had.
struct Attentive<'a>(&'a mut Vec<String>);

impl<'de> DeserializeSeed<'de> for Attentive<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Attentive<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = sequence.next_element_seed(Attentive(self.0))? {
            elements.push(element);
        }
        Ok(Value::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            let value = object.next_value_seed(Attentive(self.0))?;
            if members.insert(name.clone(), value).is_some() {
                self.0.push(name);
            }
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use serde_json::json;

    #[test]
    fn keeps_the_last_of_repeated_members_and_says_so() {
        let text = read(br#"{"a":1,"b":{"c":1,"c":2},"a":3}"#).unwrap();
        assert_eq!(text.value, json!({"a": 3, "b": {"c": 2}}));
        assert_eq!(text.repeated_names, ["c", "a"]);
    }

    #[test]
    fn reads_as_serde_json_does() {
        let bytes = br#"{"z":[1,-2,3.5,true,null,"\u00fc"],"a":{}}"#;
        let text = read(bytes).unwrap();
        assert_eq!(text.value, serde_json::from_slice::<Value>(bytes).unwrap());
        assert!(text.repeated_names.is_empty());
    }

    #[test]
    fn refuses_what_follows_and_what_is_too_deep() {
        assert!(read(b"{} {}").is_err());
        assert!(read(b"").is_err());
        assert!(read("[".repeat(100_000).as_bytes()).is_err());
        assert!(read(format!("{}{}", "[".repeat(129), "]".repeat(129)).as_bytes()).is_err());
    }
}
