//! How an offer is picked out of a JSON answer: by a JSON pointer (RFC 6901), or by a text with
//! pointers in it, for issuers that answer with the parts of a URL.

use serde_json::Value;

/// The value at a pointer, such as `/credential_offer_uri`; or, where the text does not begin
/// with `/`, the text with each `{/pointer}` replaced by the string or number it points at. An
/// error is the pointer that leads nowhere.
pub(super) fn pick(answer: &Value, place: &str) -> Result<Value, String> {
    if place.is_empty() || place.starts_with('/') {
        return answer
            .pointer(place)
            .filter(|value| !value.is_null())
            .cloned()
            .ok_or_else(|| place.to_owned());
    }
    let mut picked = String::new();
    let mut rest = place;
    while let Some((before, after)) = rest.split_once("{/") {
        let Some((pointer, after)) = after.split_once('}') else {
            break;
        };
        picked.push_str(before);
        let pointer = format!("/{pointer}");
        match answer.pointer(&pointer) {
            Some(Value::String(text)) => picked.push_str(text),
            Some(Value::Number(number)) => picked.push_str(&number.to_string()),
            _ => return Err(pointer),
        }
        rest = after;
    }
    picked.push_str(rest);
    Ok(Value::String(picked))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_pointer_or_a_text_with_pointers() {
        let answer = json!({ "offer": { "uri": "https://h/o" }, "issuer": "https://h/offers", "nonce": "n1", "gone": null });
        assert_eq!(pick(&answer, "/offer/uri"), Ok(json!("https://h/o")));
        assert_eq!(pick(&answer, "{/issuer}/{/nonce}"), Ok(json!("https://h/offers/n1")));
        assert_eq!(pick(&answer, "/uri"), Err("/uri".into()));
        assert_eq!(pick(&answer, "/gone"), Err("/gone".into()));
        assert_eq!(pick(&answer, "{/issuer}/{/id}"), Err("/id".into()));
        assert_eq!(pick(&json!("link"), ""), Ok(json!("link")));
    }
}
