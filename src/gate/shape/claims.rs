//! The claims of a credential: their names, their types, and which of them can be withheld.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::normaliser::Normaliser;
use super::placeholder;
use crate::formats::Unpacked;

/// How deep claims are followed.
const DEPTH: usize = 16;
/// Claims about the credential, which are told beside those about the holder.
pub const ABOUT_THE_CREDENTIAL: &[&str] =
    &["_sd_alg", "cnf", "exp", "iat", "iss", "nbf", "status", "vct", "vct#integrity"];

/// The claims, by their path. An element of an array is called `*`.
pub fn shape(unpacked: &Unpacked, normaliser: &Normaliser) -> Value {
    let mut found = Found { unpacked, normaliser, claims: BTreeMap::new() };
    for (name, value) in &unpacked.claims {
        let is_disclosed = found.is_disclosed("", name);
        if is_disclosed || !ABOUT_THE_CREDENTIAL.contains(&name.as_str()) {
            found.claim(&normaliser.word(name), name, &step("", name), value, is_disclosed, DEPTH);
        }
    }
    found.written()
}

/// The types of claims that cannot be withheld one by one.
pub fn of_object(members: &Map<String, Value>, normaliser: &Normaliser) -> Value {
    let unpacked = Unpacked { claims: members.clone(), ..Unpacked::default() };
    shape(&unpacked, normaliser)
}

struct Found<'a> {
    unpacked: &'a Unpacked,
    normaliser: &'a Normaliser,
    claims: BTreeMap<String, BTreeSet<String>>,
}

impl Found<'_> {
    /// Notes a claim at a path, `pointer` being where the disclosures say it is.
    fn claim(
        &mut self,
        path: &str,
        name: &str,
        pointer: &str,
        value: &Value,
        is_disclosed: bool,
        depth: usize,
    ) {
        let has_members = matches!(value, Value::Object(members) if !members.is_empty());
        if is_disclosed || depth == 0 || !has_members {
            let withheld = if is_disclosed { ", disclosable" } else { "" };
            let kind = format!("{}{withheld}", placeholder::of(name, value));
            self.claims.entry(path.to_owned()).or_default().insert(kind);
        }
        match value {
            Value::Object(members) if depth > 0 => {
                for (name, value) in members {
                    let path = format!("{path}.{}", self.normaliser.word(name));
                    let is_disclosed = self.is_disclosed(pointer, name);
                    let pointer = step(pointer, name);
                    self.claim(&path, name, &pointer, value, is_disclosed, depth - 1);
                }
            }
            Value::Array(items) if depth > 0 => {
                let is_disclosed = self.has_disclosed_elements(pointer);
                for (index, value) in items.iter().enumerate() {
                    let (path, pointer) = (format!("{path}.*"), format!("{pointer}/{index}"));
                    self.claim(&path, "", &pointer, value, is_disclosed, depth - 1);
                }
            }
            _ => {}
        }
    }

    fn is_disclosed(&self, level: &str, name: &str) -> bool {
        self.unpacked.names_disclosed_at(level).contains(&name)
    }

    fn has_disclosed_elements(&self, level: &str) -> bool {
        self.unpacked.disclosed.iter().any(|one| one.level == level && one.name.is_none())
    }

    fn written(self) -> Value {
        let one = |(path, kinds): (String, BTreeSet<String>)| {
            let kinds: Vec<String> = kinds.into_iter().collect();
            (path, kinds.join(" or ").into())
        };
        Value::Object(self.claims.into_iter().map(one).collect())
    }
}

/// One step further in a JSON pointer (RFC 6901).
fn step(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::formats::sd_jwt::Disclosed;
    use crate::report::staging;

    #[test]
    fn names_types_and_what_can_be_withheld() {
        let disclosed = |level: &str, name: Option<&str>| Disclosed {
            disclosure: 0,
            level: level.into(),
            name: name.map(str::to_owned),
            pointer: String::new(),
        };
        let claims = json!({
            "vct": "urn:pid", "given_name": "Erika", "age_over_18": true,
            "address": { "locality": "Berlin", "country": "DE" },
            "nationalities": ["DE", "SE"],
        });
        let Value::Object(claims) = claims else { unreachable!("it is an object") };
        let unpacked = Unpacked {
            claims,
            disclosed: vec![
                disclosed("", Some("given_name")),
                disclosed("/address", Some("locality")),
                disclosed("/nationalities", None),
            ],
            problems: Vec::new(),
        };
        assert_eq!(
            shape(&unpacked, &Normaliser::of(&staging::run())),
            json!({
                "address.country": "<string>",
                "address.locality": "<string>, disclosable",
                "age_over_18": "<boolean>",
                "given_name": "<string>, disclosable",
                "nationalities": "<array>",
                "nationalities.*": "<string>, disclosable",
            })
        );
    }
}
