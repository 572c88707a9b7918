//! What a JSON value is, in the words of a report. Nothing here trusts a type.

use serde_json::Value;

/// The longest string that is quoted whole, in characters.
const LONGEST: usize = 80;

/// A value in a few words: scalars as they are, strings cut to a readable length.
pub fn describe(value: Option<&Value>) -> String {
    match value {
        None => "nothing".to_owned(),
        Some(Value::String(text)) => quote(text),
        Some(Value::Array(items)) if items.is_empty() => "an empty array".to_owned(),
        Some(Value::Array(items)) => format!("an array of {}", items.len()),
        Some(Value::Object(_)) => "an object".to_owned(),
        Some(scalar) => scalar.to_string(),
    }
}

/// The kind of a value, for values that a report must not show.
pub fn kind(value: Option<&Value>) -> &'static str {
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

/// A text in quotation marks, cut to a readable length.
pub fn quote(text: &str) -> String {
    let shown: String = text.chars().take(LONGEST).collect();
    let rest = if shown.len() < text.len() { "…" } else { "" };
    format!("\"{shown}{rest}\"")
}

/// The value as an integer; `6.0` is one too, as JSON knows only numbers.
pub fn integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let number = value.as_f64()?;
        let whole = number.fract() == 0.0 && number.abs() < 9e15;
        whole.then_some(number as i64)
    })
}

/// The strings of a non-empty array of strings, or what there is instead.
pub fn strings(value: Option<&Value>) -> Result<Vec<&str>, String> {
    let items = match value.and_then(Value::as_array) {
        Some(items) if !items.is_empty() => items,
        _ => return Err(describe(value)),
    };
    items
        .iter()
        .map(|item| {
            item.as_str().ok_or_else(|| format!("an array that holds {}", describe(Some(item))))
        })
        .collect()
}

/// The first item that occurs twice.
pub fn repeated<'a>(items: &[&'a str]) -> Option<&'a str> {
    let mut seen = std::collections::HashSet::new();
    items.iter().copied().find(|item| !seen.insert(*item))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nonsense_is_described_and_not_feared() {
        assert_eq!(strings(Some(&json!(["a", "b"]))), Ok(vec!["a", "b"]));
        assert_eq!(strings(Some(&json!([]))), Err("an empty array".to_owned()));
        assert_eq!(strings(Some(&json!([1]))), Err("an array that holds 1".to_owned()));
        assert_eq!(strings(None), Err("nothing".to_owned()));
        assert_eq!(repeated(&["a", "b", "a"]), Some("a"));
        assert!(quote(&"ü".repeat(100)).ends_with("…\""));
    }

    #[test]
    fn a_whole_float_is_an_integer() {
        assert_eq!(integer(&json!(6.0)), Some(6));
        assert_eq!(integer(&json!(-1)), Some(-1));
        for no in [json!(6.5), json!("6"), json!(1e300), json!(null)] {
            assert_eq!(integer(&no), None, "{no}");
        }
    }
}
