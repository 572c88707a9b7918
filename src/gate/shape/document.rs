//! A document that anybody may read: metadata, key sets. It is configuration, so values stay.

use serde_json::{Map, Value, json};

use super::normaliser::Normaliser;
use super::{certificate, jwt, placeholder};
use crate::jose::Jws;

/// How deep a document is followed.
pub const DEPTH: usize = 24;
/// What a key is recorded by. Its material and its name change when it is rotated, which is
/// planned life.
const KEY_MEMBERS: &[&str] = &["kty", "crv", "alg", "use", "key_ops"];
/// Lists of which the order means nothing, beside those of what is supported.
const SETS: &[&str] = &["authorization_servers", "key_ops", "key_storage", "user_authentication"];

/// The shape of a published document.
pub fn shape(json: &Value, normaliser: &Normaliser) -> Value {
    member("", json, normaliser, DEPTH)
}

fn member(name: &str, value: &Value, normaliser: &Normaliser, depth: usize) -> Value {
    match value {
        Value::Object(_) | Value::Array(_) if depth == 0 => placeholder::of(name, value).into(),
        Value::Null => "<null>".into(),
        Value::String(text) if name == "signed_metadata" => {
            signed(text, normaliser, depth).unwrap_or_else(|| "<opaque>".into())
        }
        // A status list changes with every credential that is revoked.
        Value::String(_) if name == "lst" => "<list>".into(),
        // When a document was made is not what it says.
        value if placeholder::is_time(name, value) => "<timestamp>".into(),
        Value::String(text) if name.ends_with("#integrity") => placeholder::integrity(text).into(),
        Value::String(_) if name == "publicKeyMultibase" => placeholder::of(name, value).into(),
        Value::String(text) => match key_of_a_did(text) {
            Some(did) => format!("{}#<key>", normaliser.published(did)).into(),
            None => normaliser.published(text).into(),
        },
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
            let is_set = name.ends_with("_supported") || SETS.contains(&name);
            if is_set && items.iter().all(|item| !item.is_object()) {
                items.sort_by_key(Value::to_string);
            }
            Value::Array(items)
        }
        Value::Object(_) if name == "publicKeyJwk" && is_key(value) => key(value, normaliser),
        Value::Object(members) => {
            let one = |(name, value): (&String, &Value)| {
                (name.clone(), member(name, value, normaliser, depth - 1))
            };
            Value::Object(members.iter().map(one).collect())
        }
        other => other.clone(),
    }
}

/// A document that is signed as a whole: what it says counts as much as what stands in the open.
pub fn signed(text: &str, normaliser: &Normaliser, depth: usize) -> Option<Value> {
    let jws = Jws::parse(text).ok()?;
    let claims = Value::Object(jws.payload_claims().ok()?.clone());
    Some(json!({
        "header": jwt::header(jws.header(), normaliser),
        "payload": member("", &claims, normaliser, depth.saturating_sub(1)),
    }))
}

fn is_key(value: &Value) -> bool {
    value.get("kty").is_some()
}

/// The kinds of keys of a set, by what they are good for: while one takes the place of another
/// there are two of a kind.
fn keys(items: &[Value], normaliser: &Normaliser) -> Value {
    let mut keys: Vec<Value> = items.iter().map(|item| key(item, normaliser)).collect();
    keys.iter_mut().for_each(Value::sort_all_objects);
    keys.sort_by_key(Value::to_string);
    keys.dedup();
    Value::Array(keys)
}

fn key(item: &Value, normaliser: &Normaliser) -> Value {
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
}

/// The DID before the name of one of its keys, which changes with the key.
fn key_of_a_did(text: &str) -> Option<&str> {
    let (did, _) = text.split_once('#')?;
    did.starts_with("did:").then_some(did)
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
            "generated_at": "2026-11-22T08:50:29Z",
            "extends#integrity": "sha384-Li9vy3DqF8tnTXuiaAJuML3ky+er10rcgNR",
            "jwks": { "keys": [
                { "kty": "EC", "crv": "P-256", "kid": "2026-11", "x": "AA", "y": "BB" },
                { "kty": "EC", "crv": "P-256", "kid": "2026-12", "x": "CC", "y": "DD" },
            ] },
        });
        assert_eq!(
            shape(&document, &normaliser),
            json!({
                "nonce_endpoint": "<issuer>/nonce",
                "proof_signing_alg_values_supported": ["ES256", "ES384"],
                "authorization_servers": ["https://a.example", "https://b.example"],
                "iat": "<timestamp>",
                "generated_at": "<timestamp>",
                "extends#integrity": "<sha384 hash>",
                "jwks": { "keys": [
                    { "crv": "P-256", "kid": "<string>", "kty": "EC", "x": "<string>", "y": "<string>" },
                ] },
            })
        );
    }

    #[test]
    fn what_is_signed_is_read_as_what_is_not() {
        let normaliser = Normaliser::of(&staging::run());
        let part = |json: Value| crate::jose::base64url::encode(json.to_string());
        let signed = |algorithms: &str| {
            let payload = part(json!({ "iat": 1_795_305_600, "algs_supported": [algorithms] }));
            json!({ "signed_metadata": format!("{}.{payload}.AAAA", part(json!({ "alg": "ES256" }))) })
        };
        let one = shape(&signed("ES256"), &normaliser);
        assert_eq!(
            one.pointer("/signed_metadata/payload"),
            Some(&json!({ "iat": "<timestamp>", "algs_supported": ["ES256"] }))
        );
        assert_ne!(one, shape(&signed("RS256"), &normaliser));
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
