//! What the checks on languages share: the answers to requests for a language, and what of a
//! document is display text.

use serde_json::Value;

use crate::checks::{Answered, Finding, Scene};

/// The tags of `Accept-Language`, where the wallet asked for a language.
pub fn asked_for<'a>(answered: &Answered<'a>) -> Option<&'a str> {
    answered.exchange.request.headers.get("accept-language")
}

/// Judges the metadata in an answer to a request for a language, beside those that came without.
pub fn in_language(
    answered: &Answered<'_>,
    scene: &Scene<'_>,
    judge: impl FnOnce(&Value, &Value) -> Finding,
) -> Finding {
    if asked_for(answered).is_none() {
        return Finding::Silent("no language was asked for");
    }
    let narrowed = answered.json.filter(|json| json.is_object() && answered.answer.is_success());
    let all = scene.issuer_metadata().map(|metadata| metadata.json());
    match (all, narrowed) {
        (Some(all), Some(narrowed)) => judge(all, narrowed),
        _ => Finding::Silent("no metadata were given"),
    }
}

/// The document without its display texts, and those that there are.
pub fn without_texts(document: &Value) -> (Value, Vec<&Value>) {
    let mut texts = Vec::new();
    (strip(document, &mut texts), texts)
}

fn strip<'a>(value: &'a Value, texts: &mut Vec<&'a Value>) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter_map(|(name, value)| match (name.as_str(), value) {
                ("display", Value::Array(display)) => {
                    texts.extend(display);
                    None
                }
                _ => Some((name.clone(), strip(value, texts))),
            });
            Value::Object(kept.collect())
        }
        Value::Array(elements) => {
            Value::Array(elements.iter().map(|element| strip(element, texts)).collect())
        }
        other => other.clone(),
    }
}

/// Where two documents first differ, as a JSON Pointer.
pub fn difference(one: &Value, other: &Value) -> Option<String> {
    if one == other {
        return None;
    }
    let inner = |name: &str, one: Option<&Value>, other: Option<&Value>| {
        let below = match (one, other) {
            (Some(one), Some(other)) => difference(one, other)?,
            _ => String::new(),
        };
        Some(format!("/{name}{below}"))
    };
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let names = one.keys().chain(other.keys().filter(|name| !one.contains_key(*name)));
            names.into_iter().find_map(|name| {
                let (one, other) = (one.get(name), other.get(name));
                (one != other).then(|| inner(name, one, other)).flatten()
            })
        }
        (Value::Array(one), Value::Array(other)) => {
            let most = one.len().max(other.len());
            (0..most).find_map(|place| {
                let (one, other) = (one.get(place), other.get(place));
                (one != other).then(|| inner(&place.to_string(), one, other)).flatten()
            })
        }
        _ => Some(String::new()),
    }
}

#[cfg(test)]
pub mod staged {
    //! Answers to requests for a language.

    use serde_json::{Value, json};

    use crate::checks::staging::{ISSUER, Stage, honest_metadata, with};
    use crate::transcript::Station;

    /// Honest metadata with texts in two languages.
    pub fn bilingual() -> Value {
        let texts =
            json!([{"name": "Issuer", "locale": "en"}, {"name": "Aussteller", "locale": "de"}]);
        with(honest_metadata(), "/display", texts)
    }

    /// The same with texts in German only.
    pub fn german() -> Value {
        with(honest_metadata(), "/display", json!([{"name": "Aussteller", "locale": "de"}]))
    }

    /// German was asked for, and this came.
    pub fn asked(status: u16, headers: &[(&str, &str)], body: &Value) -> Stage {
        let url = format!("{ISSUER}/.well-known/openid-credential-issuer");
        Stage::new()
            .issuer_metadata(bilingual())
            .answer(Station::NegotiatedMetadata, status, headers, &body.to_string())
            .sent("GET", &url, &[("accept-language", "de")], "")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn display_texts_are_told_from_the_rest() {
        let document = json!({"a": [{"display": [1, 2], "b": 3}], "display": "text"});
        let (rest, texts) = without_texts(&document);
        assert_eq!(rest, json!({"a": [{"b": 3}], "display": "text"}));
        assert_eq!(texts, [&json!(1), &json!(2)]);
    }

    #[test]
    fn a_difference_has_a_place() {
        let one = json!({"a": {"b": [1, 2]}});
        assert_eq!(difference(&one, &one), None);
        assert_eq!(difference(&one, &json!({"a": {"b": [1, 3]}})).as_deref(), Some("/a/b/1"));
        assert_eq!(difference(&one, &json!({"a": {"b": [1, 2]}, "c": 1})).as_deref(), Some("/c"));
    }
}
