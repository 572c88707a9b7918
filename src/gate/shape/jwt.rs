//! A signed token that is not a credential: how it is signed, and which claims it has.

use serde_json::{Map, Value, json};

use super::normaliser::Normaliser;
use super::{certificate, placeholder};
use crate::jose::Jws;

/// Header parameters that are words of the protocol.
const WORDS: &[&str] = &["alg", "typ", "cty", "enc", "crit"];

/// The shape of a token: opened where it is a JWT, else that it cannot be opened.
pub fn shape(text: &str, normaliser: &Normaliser) -> Value {
    let Ok(jws) = Jws::parse(text) else { return json!("<opaque>") };
    let mut shape = Map::new();
    shape.insert("header".into(), header(jws.header(), normaliser));
    let claims = match jws.payload_claims() {
        Ok(claims) => {
            let mut names: Vec<String> = claims.keys().map(|name| normaliser.word(name)).collect();
            names.sort_unstable();
            json!(names)
        }
        Err(_) => json!("<opaque>"),
    };
    shape.insert("claims".into(), claims);
    Value::Object(shape)
}

/// The shape of a header: algorithms and types to the letter, chains opened, the rest by type.
pub fn header(header: &Map<String, Value>, normaliser: &Normaliser) -> Value {
    let one = |(name, value): (&String, &Value)| {
        let value = match value {
            Value::String(text) if WORDS.contains(&name.as_str()) => normaliser.word(text).into(),
            Value::Array(entries) if name == "x5c" => certificate::chain(entries, normaliser),
            value => placeholder::of(name, value).into(),
        };
        (normaliser.word(name), value)
    };
    Value::Object(header.iter().map(one).collect())
}
