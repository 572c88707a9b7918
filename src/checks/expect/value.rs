//! Whether a value is the one that a script names.

use serde_json::Value;

use crate::protocol::ClaimsPath;

/// The longest JSON of a value that is shown.
const LONGEST: usize = 200;

/// Whether a value is as expected: `*` is any value, `\*` the text `*`.
pub(super) fn is(expected: &Value, actual: &Value) -> bool {
    match (expected, actual) {
        (Value::String(any), _) if any == "*" => true,
        (Value::String(star), Value::String(text)) if star == "\\*" => text == "*",
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, value)| other.get(name).is_some_and(|found| is(value, found)))
        }
        (one, other) => one == other,
    }
}

/// What a path leads to; nothing for a path that cannot be read.
pub(super) fn select<'v>(path: &str, value: &'v Value) -> Vec<&'v Value> {
    ClaimsPath::parse(path).map(|path| path.select(value)).unwrap_or_default()
}

/// The value as a script expects it, in words.
pub(super) fn in_words(expected: &Value) -> String {
    match expected {
        Value::String(any) if any == "*" => "any value".to_owned(),
        other => other.to_string(),
    }
}

/// A value that is short enough to be shown.
pub(super) fn short(value: &Value) -> Value {
    let text = value.to_string();
    if text.len() <= LONGEST {
        return value.clone();
    }
    let begins: String = text.chars().take(LONGEST / 2).collect();
    Value::from(format!("{begins}… ({} octets)", text.len()))
}
