//! The claims inside a credential, found without judging it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::formats::Mdoc;

/// Members that speak of the credential and not of its holder (SD-JWT VC, RFC 9901).
const ABOUT_THE_CREDENTIAL: &[&str] = &[
    "iss",
    "vct",
    "vct#integrity",
    "iat",
    "nbf",
    "exp",
    "cnf",
    "status",
    "_sd",
    "_sd_alg",
    "@context",
    "type",
];
/// The claim that holds a W3C credential.
pub(super) const VC: &str = "vc";
/// Members of `vc` that speak of the credential and not of its holder (VCDM 1.1).
const ABOUT_THE_VC: &[&str] = &[
    "@context",
    "type",
    "issuer",
    "issuanceDate",
    "expirationDate",
    "credentialSchema",
    "credentialStatus",
];
/// DIDs that are a key in other words: a key of the simulated wallet is nobody's name.
const KEYS: [&str; 2] = ["did:jwk:", "did:key:"];
/// How deep claims are followed.
const DEPTH: usize = 16;

/// Every claim value of a credential in the form of a JWT, an SD-JWT or an mdoc, with the
/// placeholder of its type; empty for anything else.
pub(super) fn of(credential: &str) -> Vec<(String, &'static str)> {
    if let Ok(mdoc) = Mdoc::open(credential) {
        let mut found = Vec::new();
        for (_, item) in mdoc.items() {
            if let Some(element) = &item.value {
                collect(&element.json, DEPTH, &mut found);
            }
        }
        return found;
    }
    let mut parts = credential.split('~');
    let payload = parts.next().and_then(|jwt| jwt.split('.').nth(1)).and_then(json);
    let mut found = Vec::new();
    if let Some(Value::Object(members)) = payload {
        for (name, value) in members.iter().filter(|(name, _)| !is_about_the_credential(name)) {
            match value {
                Value::Object(vc) if name == VC => {
                    let mut of_the_holder = vc.iter().filter(|(name, _)| !is_about_the_vc(name));
                    of_the_holder.by_ref().for_each(|(_, one)| collect(one, DEPTH, &mut found));
                }
                value => collect(value, DEPTH, &mut found),
            }
        }
    }
    for disclosure in parts.filter_map(json) {
        // [salt, value] or [salt, name, value]
        if let Some(value) = disclosure.as_array().and_then(|array| array.last()) {
            collect(value, DEPTH, &mut found);
        }
    }
    found
}

/// Whether a claim of that name says nothing of the holder.
pub(super) fn is_about_the_credential(name: &str) -> bool {
    ABOUT_THE_CREDENTIAL.contains(&name)
}

/// Whether a member of `vc` says nothing of the holder.
pub(super) fn is_about_the_vc(name: &str) -> bool {
    ABOUT_THE_VC.contains(&name)
}

/// The JSON in a base64url text.
pub(super) fn json(text: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

/// Every value in a credential that is JSON itself, by its leaves.
pub(super) fn each(value: &mut Value, depth: usize, change: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Object(members) if depth > 0 => {
            for (_, member) in members {
                each(member, depth - 1, change);
            }
        }
        Value::Array(items) if depth > 0 => {
            for item in items {
                each(item, depth - 1, change);
            }
        }
        leaf => change(leaf),
    }
}

/// The placeholder of a value.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "<null>",
        Value::Bool(_) => "<boolean>",
        Value::Number(_) => "<number>",
        Value::String(_) => "<string>",
        Value::Array(_) => "<array>",
        Value::Object(_) => "<object>",
    }
}

fn collect(value: &Value, depth: usize, into: &mut Vec<(String, &'static str)>) {
    match value {
        Value::Object(members) if depth > 0 => {
            for (name, member) in members {
                if !name.starts_with("_sd") {
                    collect(member, depth - 1, into);
                }
            }
        }
        Value::Array(items) if depth > 0 => {
            for item in items {
                collect(item, depth - 1, into);
            }
        }
        Value::String(text) if KEYS.iter().any(|method| text.starts_with(method)) => {}
        Value::String(text) => into.push((text.clone(), type_of(value))),
        Value::Number(number) => into.push((number.to_string(), type_of(value))),
        Value::Null | Value::Bool(_) | Value::Object(_) | Value::Array(_) => {}
    }
}
