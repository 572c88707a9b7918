//! An answer to one wallet: names and types, and to the letter only what is configuration.

use serde_json::{Map, Value, json};

use super::normaliser::Normaliser;
use super::{jwt, placeholder};

/// How deep an answer is followed.
const DEPTH: usize = 12;
/// Members whose values are configuration.
const WORDS: &[&str] = &[
    "authorization_server",
    "credential_configuration_id",
    "credential_configuration_ids",
    "credential_issuer",
    "error",
    "format",
    "input_mode",
    "interval",
    "length",
    "token_type",
    "type",
];
/// Members that count seconds from now. Some servers tell what is left instead of what is given.
const LIFETIMES: &[&str] = &["expires_in", "c_nonce_expires_in", "refresh_expires_in"];
/// Members that may be signed tokens.
const TOKENS: &[&str] = &["access_token", "acceptance_token", "id_token", "refresh_token"];

/// The shape of an answer to a request that carried this many proofs.
pub fn shape(json: &Value, proofs: usize, normaliser: &Normaliser) -> Value {
    let Value::Object(members) = json else { return member("", json, normaliser, DEPTH) };
    let one = |(name, value): (&String, &Value)| {
        let value = match value {
            Value::Array(items) if name == "credentials" => count(items, proofs, normaliser).into(),
            value => member(name, value, normaliser, DEPTH),
        };
        (normaliser.word(name), value)
    };
    Value::Object(members.iter().map(one).collect())
}

fn member(name: &str, value: &Value, normaliser: &Normaliser, depth: usize) -> Value {
    let is_word = WORDS.contains(&name);
    match value {
        Value::Object(_) | Value::Array(_) if depth == 0 => placeholder::of(name, value).into(),
        Value::String(text) if is_word => normaliser.phrase(text).into(),
        Value::String(text) if TOKENS.contains(&name) => jwt::shape(text, normaliser),
        Value::Number(_) if is_word => value.clone(),
        Value::Number(number) if LIFETIMES.contains(&name) => {
            number.as_i64().map_or_else(|| value.clone(), |seconds| json!(rounded(seconds)))
        }
        // Neither how many there are nor in which order need be the same again.
        Value::Array(items) => {
            let shape = |item| member(name, item, normaliser, depth - 1);
            let mut items: Vec<Value> = items.iter().map(shape).collect();
            items.iter_mut().for_each(Value::sort_all_objects);
            items.sort_by_key(Value::to_string);
            items.dedup();
            Value::Array(items)
        }
        Value::Object(members) => {
            let one = |(name, value): (&String, &Value)| {
                (normaliser.word(name), member(name, value, normaliser, depth - 1))
            };
            Value::Object(members.iter().map(one).collect::<Map<String, Value>>())
        }
        value => placeholder::of(name, value).into(),
    }
}

/// A lifetime in tens of seconds: 299 left is 300 given.
fn rounded(seconds: i64) -> i64 {
    if seconds <= 0 { seconds } else { seconds.saturating_add(9) / 10 * 10 }
}

/// How many credentials came, told by the proofs so that batches of any size are alike, and what
/// each is wrapped in.
fn count(items: &[Value], proofs: usize, normaliser: &Normaliser) -> String {
    let mut kinds: Vec<String> = items
        .iter()
        .map(|item| match item {
            Value::Object(members) => {
                let mut names: Vec<String> =
                    members.keys().map(|name| normaliser.word(name)).collect();
                names.sort_unstable();
                format!("{{ {} }}", names.join(", "))
            }
            other => placeholder::of("", other),
        })
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    let kinds = kinds.join(" or ");
    match items.len() {
        count if proofs == 0 => format!("{count} {kinds}"),
        count if count == proofs => format!("one {kinds} per proof"),
        count if proofs == 1 => format!("{count} {kinds} for one proof"),
        count => format!("{count} {kinds} for {proofs} proofs"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::staging;

    #[test]
    fn only_configuration_stays_to_the_letter() {
        let answer = json!({
            "access_token": staging::TOKEN, "token_type": "DPoP", "expires_in": 299,
            "scope": "pid", "given_name": "Erika", "of_age": true,
            "authorization_details": [{
                "type": "openid_credential", "credential_configuration_id": "pid",
                "credential_identifiers": ["erika-1", "erika-2"],
            }],
        });
        let normaliser = Normaliser::of(&staging::run());
        assert_eq!(
            shape(&answer, 0, &normaliser),
            json!({
                "access_token": "<opaque>", "token_type": "DPoP", "expires_in": 300,
                "scope": "<string>", "given_name": "<string>", "of_age": "<boolean>",
                "authorization_details": [{
                    "type": "openid_credential", "credential_configuration_id": "pid",
                    "credential_identifiers": ["<string>"],
                }],
            })
        );
    }

    #[test]
    fn a_second_that_went_by_makes_no_difference() {
        assert_eq!([300, 299, 60, 59, 1, 0].map(rounded), [300, 300, 60, 60, 10, 0]);
    }

    #[test]
    fn credentials_are_counted_by_their_proofs() {
        let normaliser = Normaliser::of(&staging::run());
        let two = [json!({ "credential": "a" }), json!({ "credential": "b" })];
        assert_eq!(count(&two, 2, &normaliser), "one { credential } per proof");
        assert_eq!(count(&two, 3, &normaliser), "2 { credential } for 3 proofs");
        assert_eq!(count(&[json!("a")], 1, &normaliser), "one <string> per proof");
    }
}
