//! A key set is for everybody to read, so nothing private is in it.

use serde_json::Value;
use url::Url;

use super::in_document;
use crate::checks::proves_nothing::is_throttled;
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/publishes-public-keys",
    aliases: &[],
    since: "2026.3",
    title: "jwks_uri leads by https to public keys",
    level: Level::Derived,
    raised_by: &[],
    applies: where_keys_are_published,
    spec: &["rfc8414#section-2", "rfc7517#section-5"],
    obligation: "jwks_uri is an https URL that serves a key set without private or symmetric keys",
    doc: "Clients and resource servers verify with the keys behind `jwks_uri`. Fetched without TLS, anybody on the way can put \
          keys of their own in their place. A set that was exported whole, with `d` or `k` in it, lets everybody \
          sign access tokens; change the keys at once if that was so.\n\n\
          Serve `{\"keys\": [...]}` with the public members only, as libraries write it when asked for the public set.",
    judge: Judge::Answers(Station::AsMetadata, publishes_public_keys),
};

/// Members of a JWK that only its owner may know (RFC 7518 6).
const PRIVATE: &[&str] = &["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

fn publishes_public_keys(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let uri = metadata.json().get("jwks_uri");
        let Some(uri) = uri.filter(|uri| !uri.is_null()) else {
            return Finding::Exempt("jwks_uri is not published");
        };
        let Some(url) = uri.as_str().and_then(|uri| Url::parse(uri).ok()) else {
            return Finding::breaks("jwks_uri, a URL", shape::describe(Some(uri)));
        };
        if url.scheme() != "https" && !scene.allows_http(&url) {
            return Finding::breaks("an https URL", shape::quote(url.as_str()));
        }
        fetched(&url, scene)
    })
}

fn fetched(url: &Url, scene: &Scene<'_>) -> Finding {
    let is_it = |one: &Answered<'_>| Url::parse(&one.exchange.request.url).as_ref() == Ok(url);
    match scene.answers(Station::KeySet).find(is_it) {
        Some(one) if one.answer.is_success() => public(one.json),
        Some(one) if is_throttled(&one) => {
            Finding::HoldsAsFar("the key set at jwks_uri was not to be had".to_owned())
        }
        Some(one) => Finding::breaks("a key set at jwks_uri", one.answer.status.to_string()),
        None => Finding::HoldsAsFar("the key set at jwks_uri was not fetched".to_owned()),
    }
}

fn public(key_set: Option<&Value>) -> Finding {
    let Some(keys) = key_set.and_then(|set| set.get("keys")?.as_array()) else {
        return Finding::breaks("a key set at jwks_uri", "no array keys");
    };
    let private = keys.iter().enumerate().find_map(|(index, key)| {
        let name = PRIVATE.iter().find(|name| key.get(**name).is_some())?;
        Some(format!("key {index} has {name}"))
    });
    match private {
        Some(actual) => Finding::breaks("public keys at jwks_uri", actual),
        None => Finding::Holds,
    }
}

fn where_keys_are_published(scene: &Scene<'_>) -> Applies {
    match scene.as_metadata() {
        Some(metadata) => {
            let uri = metadata.json().get("jwks_uri");
            Applies::when(uri.is_some_and(|uri| !uri.is_null()), "jwks_uri is not published")
        }
        None => Applies::Yes,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    const URI: &str = "https://issuer.example/keys";

    fn serving(status: u16, key_set: Value) -> Stage {
        let stage = metadata_with("/jwks_uri", json!(URI));
        stage.answer_json(Station::KeySet, status, key_set).sent("GET", URI, &[], "")
    }

    #[test]
    fn public_keys_over_https_hold() {
        assert_holds(&super::CHECK, &serving(200, json!({ "keys": [{ "kty": "EC", "x": "" }] })));
        assert_holds(&super::CHECK, &metadata_with("/jwks_uri", json!(URI)));
    }

    #[test]
    fn private_keys_and_plain_http_warn() {
        let leaked = serving(200, json!({ "keys": [{ "kty": "EC" }, { "kty": "EC", "d": "x" }] }));
        assert_breaks(&super::CHECK, &leaked, "key 1 has d");
        assert_outcome(&super::CHECK, &leaked, Outcome::Warn);
        assert_breaks(&super::CHECK, &serving(404, json!({})), "404");
        assert_breaks(&super::CHECK, &serving(200, json!({})), "no array");
        let plain = metadata_with("/jwks_uri", json!("http://issuer.example/keys"));
        assert_breaks(&super::CHECK, &plain, "http:");
    }

    #[test]
    fn nobody_has_to_publish_any() {
        assert_outcome(&super::CHECK, &honest(), Outcome::NotApplicable);
    }
}
