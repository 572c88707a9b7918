//! A wallet needs a key, and a name for it.

use std::collections::HashSet;

use serde_json::Value;

use super::announces_requests;
use crate::checks::issuer_metadata::in_document;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/describes-request-encryption",
    aliases: &[],
    since: "2026.3",
    title: "offered request encryption is fully described",
    level: Level::Must,
    raised_by: &[],
    applies: announces_requests,
    spec: &["vci#credential-issuer-parameters", "vci#encrypted-messages"],
    obligation: "credential_request_encryption has a JWK Set in which each key has an alg and a kid of its own, a non-empty enc_values_supported, a non-empty zip_values_supported if any, and a boolean encryption_required",
    doc: "`jwks` is a JWK Set, an object with `keys`, not the bare array. Each key has a `kid` \
          that no other has: by it the issuer finds the key again that the wallet chose. There \
          is no list of algorithms: each key states its `alg`. `encryption_required` must be \
          there also where it is false.\n\n\
          Publish the set as your key management gives it, with `alg` and `kid` in each key.",
    judge: Judge::Answers(Station::IssuerMetadata, describes_request_encryption),
};

fn describes_request_encryption(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let Some(offered) = metadata.request_encryption() else {
            return Finding::Silent("request encryption is not offered");
        };
        let json = offered.json();
        let expected = "a JWK Set with an alg and a kid in each key, enc_values_supported, and a \
                        boolean encryption_required";
        if !json.is_object() {
            return Finding::breaks(expected, shape::describe(Some(json)));
        }
        let fault = key_set_fault(json)
            .or_else(|| super::list_fault(json, "enc_values_supported"))
            .or_else(|| super::common_fault(json));
        fault.map_or(Finding::Holds, |fault| Finding::breaks(expected, fault))
    })
}

fn key_set_fault(json: &Value) -> Option<String> {
    let Some(Value::Object(set)) = json.get("jwks") else {
        return Some(format!("jwks is {}", shape::describe(json.get("jwks"))));
    };
    let keys = match set.get("keys").and_then(Value::as_array) {
        Some(keys) if !keys.is_empty() => keys,
        _ => return Some(format!("jwks.keys is {}", shape::describe(set.get("keys")))),
    };
    let mut kids = HashSet::new();
    keys.iter().enumerate().find_map(|(index, key)| {
        let member = |name: &str| key.get(name).and_then(Value::as_str);
        let Some(kid) = member("kid") else {
            return Some(format!("key {} has no kid", index + 1));
        };
        if !kids.insert(kid) {
            return Some(format!("two keys have the kid {}", shape::quote(kid)));
        }
        member("alg").is_none().then(|| format!("the key {} has no alg", shape::quote(kid)))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::staged::metadata;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, with};

    const SIDE: &str = "/credential_request_encryption";

    fn breaks(pointer: &str, value: Value, says: &str) {
        let metadata = with(metadata(), &format!("{SIDE}{pointer}"), value);
        assert_breaks(&super::CHECK, &Stage::new().issuer_metadata(metadata), says);
    }

    #[test]
    fn every_member_has_its_type() {
        assert_holds(&super::CHECK, &Stage::new().issuer_metadata(metadata()));
        breaks("/jwks", json!([{"kid": "a"}]), "jwks is an array");
        breaks("/jwks", json!({"keys": []}), "jwks.keys is an empty array");
        breaks("/jwks", json!({"keys": [{"alg": "ECDH-ES"}]}), "key 1 has no kid");
        breaks("/jwks", json!({"keys": [{"kid": "a"}]}), "\"a\" has no alg");
        let key = json!({"kid": "a", "alg": "ECDH-ES"});
        breaks("/jwks", json!({"keys": [key, key]}), "two keys have the kid");
        breaks("/enc_values_supported", json!([]), "enc_values_supported is an empty array");
        breaks("/encryption_required", json!(0), "encryption_required is a number");
        breaks("", json!(null), "null");
    }
}
