//! How an answer comes over HTTP, where several stations have the same rule.

use serde_json::Value;

use crate::checks::{Answered, Finding, shape};

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

/// Holds of an answer that no cache may keep (RFC 9111, section 5.2.2.5).
pub fn is_uncacheable(answered: &Answered<'_>) -> Finding {
    let found: Vec<&str> = answered.answer.headers.all("cache-control").collect();
    Finding::expect(
        answered.answer.has_cache_directive("no-store"),
        "Cache-Control: no-store",
        match found.as_slice() {
            [] => "no Cache-Control".to_owned(),
            found => format!("Cache-Control: {}", found.join(", ")),
        },
    )
}
