//! A document that anybody may read: metadata, key sets. It is configuration, so values stay.

use serde_json::{Map, Value};

use super::normaliser::Normaliser;
use super::{certificate, jwt, placeholder};

/// How deep a document is followed.
const DEPTH: usize = 24;
/// What a key is recorded by. Its material and its name change when it is rotated, which is
/// planned life.
const KEY_MEMBERS: &[&str] = &["kty", "crv", "alg", "use", "key_ops"];
/// Times at which a document was made, not what it says.
const TIMES: &[&str] = &["iat", "nbf", "exp", "updated_at"];

/// The shape of a published document.
pub fn shape(json: &Value, normaliser: &Normaliser) -> Value {
    member("", json, normaliser, DEPTH)
}

fn member(name: &str, value: &Value, normaliser: &Normaliser, depth: usize) -> Value {
    match value {
        Value::Object(_) | Value::Array(_) if depth == 0 => placeholder::of(name, value).into(),
        Value::Null => "<null>".into(),
        Value::String(text) if name == "signed_metadata" => jwt::shape(text, normaliser),
        Value::String(text) => normaliser.published(text).into(),
        Value::Number(_) if TIMES.contains(&name) => "<timestamp>".into(),
        // Beyond what a file can hold as a number.
        Value::Number(number) if !number.is_i64() && !number.is_f64() => number.to_string().into(),
        Value::Array(items) if name == "x5c" => certificate::chain(items, normaliser),
        Value::Array(items) if name == "keys" && items.iter().all(is_key) => {
            keys(items, normaliser)
        }
        Value::Array(items) => {
            let one = |item| member("", item, normaliser, depth - 1);
            let mut items: Vec<Value> = items.iter().map(one).collect();
            // A list of what is supported is a set: some servers give it in any order.
            if name.ends_with("_supported") && items.iter().all(|item| !item.is_object()) {
                items.sort_by_key(Value::to_string);
            }
            Value::Array(items)
        }
        Value::Object(members) => {
            let one = |(name, value): (&String, &Value)| {
                (name.clone(), member(name, value, normaliser, depth - 1))
            };
            Value::Object(members.iter().map(one).collect())
        }
        other => other.clone(),
    }
}

fn is_key(value: &Value) -> bool {
    value.get("kty").is_some()
}

/// The keys of a set, by what they are good for.
fn keys(items: &[Value], normaliser: &Normaliser) -> Value {
    let one = |item: &Value| {
        let members = item.as_object().into_iter().flatten();
        let shape = members.map(|(name, value)| {
            let value = match value {
                Value::Array(chain) if name == "x5c" => certificate::chain(chain, normaliser),
                value if KEY_MEMBERS.contains(&name.as_str()) => member(name, value, normaliser, 2),
                value => placeholder::of(name, value).into(),
            };
            (name.clone(), value)
        });
        Value::Object(shape.collect::<Map<String, Value>>())
    };
    let mut keys: Vec<Value> = items.iter().map(one).collect();
    keys.iter_mut().for_each(Value::sort_all_objects);
    keys.sort_by_key(Value::to_string);
    Value::Array(keys)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::report::staging;

    #[test]
    fn configuration_stays_and_key_material_goes() {
        let normaliser = Normaliser::of(&staging::run());
        let document = json!({
            "nonce_endpoint": format!("{}/nonce", staging::ISSUER),
            "proof_signing_alg_values_supported": ["ES384", "ES256"],
            "authorization_servers": ["https://b.example", "https://a.example"],
            "iat": 1_795_305_600,
            "jwks": { "keys": [
                { "kty": "EC", "crv": "P-256", "kid": "2026-11", "x": "AA", "y": "BB" },
            ] },
        });
        assert_eq!(
            shape(&document, &normaliser),
            json!({
                "nonce_endpoint": "<issuer>/nonce",
                "proof_signing_alg_values_supported": ["ES256", "ES384"],
                "authorization_servers": ["https://b.example", "https://a.example"],
                "iat": "<timestamp>",
                "jwks": { "keys": [
                    { "crv": "P-256", "kid": "<string>", "kty": "EC", "x": "<string>", "y": "<string>" },
                ] },
            })
        );
    }

    #[test]
    fn a_document_without_end_is_followed_to_a_bound() {
        let mut deep = json!(1);
        for _ in 0..100 {
            deep = json!({ "a": deep });
        }
        let text = shape(&deep, &Normaliser::of(&staging::run())).to_string();
        assert!(text.contains("<object>") && text.len() < 300);
    }
}
