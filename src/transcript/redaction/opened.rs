//! What is inside the tokens for which pseudonyms stand: enough to argue about a header, a time
//! or a missing claim, and nothing that would let anybody use them or know their holder.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::claims;
use super::pins::Setting;
use super::scrubber::Scrubber;

/// Claims whose values a protocol gives a meaning; of all others only the type is shown.
const SHOWN: &[&str] =
    &["aud", "nonce", "jti", "htm", "htu", "ath", "client_id", "scope", "ttl", "status_list"];
/// Members of a private or symmetric JWK that nobody else may see (RFC 7518 6.2.2, 6.3.2, 6.4).
const PRIVATE: &[&str] = &["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
/// What stands for them.
const PRIVATE_KEY: &str = "<private key>";
/// What stands for the salt of a disclosure.
const SALT: &str = "<salt>";
/// What stands for a disclosure that is no JSON.
const UNREADABLE: &str = "<unreadable>";
/// What stands for values that are nested too deeply.
const DEEPER: &str = "<deeper>";

/// Longer tokens, in octets, are not opened.
const LONGEST_TOKEN: usize = 2 * 1024 * 1024;
/// Longer texts, in characters, are cut.
const LONGEST_TEXT: usize = 1024;
/// Further members, elements and disclosures are left out.
const MOST_MEMBERS: usize = 256;
/// How deep values are followed.
const DEPTH: usize = 16;

/// A JWT or SD-JWT without its signature, and without what is secret in it; of an encrypted
/// message the header alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OpenedToken {
    /// The pseudonym that stands for it: `proof#1`, `credential#2`.
    pub name: String,
    /// The protected header. Private parts of a key are placeholders.
    pub header: Value,
    /// The claims. Other secrets are pseudonyms; claims that may be personal are typed
    /// placeholders such as `<string>`.
    pub claims: Value,
    /// The disclosures of an SD-JWT: a placeholder for the salt, the name of a property, and
    /// typed placeholders for its value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disclosures: Vec<Value>,
}

/// Opens a token; none if it is no JWT with an object in its header and its claims.
pub(super) fn open(name: &str, token: &str, scrubber: &Scrubber) -> Option<OpenedToken> {
    if token.len() > LONGEST_TOKEN {
        return None;
    }
    let view = View { scrubber };
    if let [header, _, _, _, _] = token.split('.').collect::<Vec<_>>().as_slice() {
        let header = claims::json(header).filter(Value::is_object)?;
        return Some(OpenedToken {
            name: name.to_owned(),
            header: view.shown(&header, DEPTH),
            claims: Value::Object(Map::new()),
            disclosures: Vec::new(),
        });
    }
    let mut parts = token.split('~');
    let mut jwt = parts.next()?.split('.');
    let header = claims::json(jwt.next()?).filter(Value::is_object)?;
    let Some(Value::Object(payload)) = claims::json(jwt.next()?) else {
        return None;
    };
    jwt.next()?;
    let disclosures = parts.filter(|part| !part.is_empty()).take(MOST_MEMBERS);
    Some(OpenedToken {
        name: name.to_owned(),
        header: view.shown(&header, DEPTH),
        claims: view.claims(&payload),
        disclosures: disclosures.map(|part| view.disclosure(part)).collect(),
    })
}

struct View<'a> {
    scrubber: &'a Scrubber,
}

impl View<'_> {
    fn claims(&self, payload: &Map<String, Value>) -> Value {
        let members = payload.iter().take(MOST_MEMBERS).map(|(name, value)| {
            let known = SHOWN.contains(&name.as_str()) || claims::is_about_the_credential(name);
            let value = match value {
                Value::Object(vc) if name == claims::VC => self.vc(vc),
                value if known => self.shown(value, DEPTH),
                value => self.typed(value, DEPTH),
            };
            (self.text(name), value)
        });
        Value::Object(members.collect())
    }

    /// A W3C credential inside a JWT: what it is to the letter, what it says by type.
    fn vc(&self, vc: &Map<String, Value>) -> Value {
        let members = vc.iter().take(MOST_MEMBERS).map(|(name, value)| {
            let value = match claims::is_about_the_vc(name) {
                true => self.shown(value, DEPTH),
                false => self.typed(value, DEPTH),
            };
            (self.text(name), value)
        });
        Value::Object(members.collect())
    }

    /// `[salt, name, value]` of a property, `[salt, value]` of an element.
    fn disclosure(&self, part: &str) -> Value {
        let Some(Value::Array(items)) = claims::json(part) else {
            return UNREADABLE.into();
        };
        match items.as_slice() {
            [_, Value::String(name), value] => {
                Value::Array(vec![SALT.into(), self.text(name).into(), self.typed(value, DEPTH)])
            }
            [_, value] => Value::Array(vec![SALT.into(), self.typed(value, DEPTH)]),
            _ => self.typed(&Value::Array(items), DEPTH),
        }
    }

    /// The value, with secrets scrubbed.
    fn shown(&self, value: &Value, depth: usize) -> Value {
        self.nested(value, depth, &|text| self.text(text).into(), &Value::clone)
    }

    /// The shape of the value, with placeholders for its leaves.
    fn typed(&self, value: &Value, depth: usize) -> Value {
        let leaf = |value: &Value| claims::type_of(value).into();
        self.nested(value, depth, &|_| "<string>".into(), &leaf)
    }

    fn nested(
        &self,
        value: &Value,
        depth: usize,
        text: &dyn Fn(&str) -> Value,
        leaf: &dyn Fn(&Value) -> Value,
    ) -> Value {
        match value {
            Value::Object(_) | Value::Array(_) if depth == 0 => DEEPER.into(),
            Value::Object(members) => {
                let members = members.iter().take(MOST_MEMBERS).map(|(name, value)| {
                    let value = match PRIVATE.contains(&name.as_str()) && value.is_string() {
                        true if members.contains_key("kty") => PRIVATE_KEY.into(),
                        _ => self.nested(value, depth - 1, text, leaf),
                    };
                    (self.text(name), value)
                });
                Value::Object(members.collect())
            }
            Value::Array(items) => {
                let items = items.iter().take(MOST_MEMBERS);
                items.map(|item| self.nested(item, depth - 1, text, leaf)).collect()
            }
            Value::String(value) => text(value),
            other => leaf(other),
        }
    }

    /// Scrubbed as a whole before it is cut, so that no half of a secret is left.
    fn text(&self, text: &str) -> String {
        let scrubbed = self.scrubber.scrub(text, Setting::Value);
        match scrubbed.char_indices().nth(LONGEST_TEXT) {
            Some((end, _)) => format!("{}…", scrubbed.get(..end).unwrap_or_default()),
            None => scrubbed,
        }
    }
}
