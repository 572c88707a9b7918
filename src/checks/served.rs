//! How a document comes over HTTP: the same rule for offers and for both kinds of metadata.

use serde_json::Value;

use super::{Answered, Finding, shape};

/// Holds of a JSON object whose Content-Type is `application/json`, whatever its parameters.
pub fn is_json_object(answered: &Answered<'_>) -> Finding {
    let media_type = answered.answer.media_type();
    if media_type.as_deref() != Some("application/json") {
        return Finding::breaks(
            "Content-Type: application/json",
            media_type.unwrap_or_else(|| "no Content-Type".to_owned()),
        );
    }
    Finding::expect(
        answered.json.is_some_and(Value::is_object),
        "a JSON object",
        match answered.json {
            Some(json) => shape::kind(Some(json)),
            None => "no JSON",
        },
    )
}
