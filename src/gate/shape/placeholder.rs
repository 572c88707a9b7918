//! What stands where a value is different every time: the type of the value.

use serde_json::Value;

use crate::jose::Jws;

/// Numbers of these names are seconds since the epoch.
const TIMES: &[&str] = &["iat", "nbf", "exp", "auth_time", "updated_at"];
/// A number without a telling name is one too from the year 2001 to 2100.
const EPOCH: std::ops::Range<i64> = 1_000_000_000..4_102_444_800;

/// The placeholder of a value under this name.
pub fn of(name: &str, value: &Value) -> String {
    match value {
        Value::Null => "<null>".into(),
        Value::Bool(_) => "<boolean>".into(),
        Value::Number(_) if TIMES.contains(&name) => "<timestamp>".into(),
        Value::Number(_) => "<number>".into(),
        Value::String(_) if matches!(name, "c_nonce" | "nonce") => "<nonce>".into(),
        Value::String(text) => of_text(text),
        Value::Array(_) => "<array>".into(),
        Value::Object(_) => "<object>".into(),
    }
}

/// Whether it is a moment: told to the second, in digits or in words.
pub fn is_time(name: &str, value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            let is_epoch =
                |number: i64| EPOCH.contains(&number) || EPOCH.contains(&(number / 1000));
            TIMES.contains(&name) || number.as_i64().is_some_and(is_epoch)
        }
        Value::String(text) => {
            TIMES.contains(&name) && is_date(text) || of_text(text) == "<timestamp>"
        }
        _ => false,
    }
}

/// The placeholder of a text.
pub fn of_text(text: &str) -> String {
    if let Some(media_type) = data(text) {
        return format!("<data {media_type}>");
    }
    let kind = if Jws::parse(text).is_ok() {
        "<jwt>"
    } else if is_date(text) && text.len() == 10 {
        "<date>"
    } else if is_date(text) && text.parse::<jiff::Timestamp>().is_ok() {
        "<timestamp>"
    } else if is_uri(text) {
        "<uri>"
    } else {
        "<string>"
    };
    kind.to_owned()
}

/// Integrity metadata without the hash: the document that it is a hash of is recorded itself.
pub fn integrity(text: &str) -> String {
    match text.split_once('-') {
        Some((kind @ ("sha256" | "sha384" | "sha512"), _)) => format!("<{kind} hash>"),
        _ => "<string>".to_owned(),
    }
}

/// The media type of a `data:` URL.
pub fn data(text: &str) -> Option<&str> {
    let (media_type, _) = text.strip_prefix("data:")?.split_once([';', ','])?;
    let fits = |one: char| one.is_ascii_alphanumeric() || matches!(one, '/' | '+' | '.' | '-');
    (media_type.len() <= 40 && media_type.chars().all(fits)).then_some(media_type)
}

/// Whether it begins as `2026-11-22` does.
fn is_date(text: &str) -> bool {
    let Some(date) = text.get(..10) else { return false };
    date.char_indices().all(|(index, one)| match index {
        4 | 7 => one == '-',
        _ => one.is_ascii_digit(),
    })
}

fn is_uri(text: &str) -> bool {
    let schemes = ["https://", "http://", "urn:", "did:"];
    schemes.iter().any(|scheme| text.starts_with(scheme)) && url::Url::parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_placeholder_tells_the_type_and_nothing_else() {
        for (name, value, expected) in [
            ("birthdate", json!("1984-01-26"), "<date>"),
            ("issued", json!("2026-11-22T08:50:29Z"), "<timestamp>"),
            ("iat", json!(1_795_305_600), "<timestamp>"),
            ("age", json!(42), "<number>"),
            ("given_name", json!("Erika"), "<string>"),
            ("picture", json!("data:image/png;base64,AAAA"), "<data image/png>"),
            ("status", json!("https://h.example/1"), "<uri>"),
            ("c_nonce", json!("K684"), "<nonce>"),
            ("adult", json!(true), "<boolean>"),
        ] {
            assert_eq!(of(name, &value), expected, "{name}");
        }
    }
}
