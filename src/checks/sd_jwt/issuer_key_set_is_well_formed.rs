//! Where verifiers look for the issuer's keys.

use serde_json::Value;
use url::Url;

use super::super::served;
use crate::checks::{
    Answered, Applies, Breach, Check, Finding, Issued, Judge, Level, OpenedSdJwt, Scene,
    applicability,
};
use crate::jose::PublicJwk;
use crate::protocol::{Location, WellKnown};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/issuer-key-set-is-well-formed",
    aliases: &[],
    since: "2026.1",
    title: "the JWT VC Issuer Metadata lead to a key set",
    level: Level::Must,
    raised_by: &[],
    applies: by_metadata,
    spec: &["sdjwtvc#section-5", "sdjwtvc#section-5.1", "sdjwtvc#section-5.2"],
    obligation: "the JWT VC Issuer Metadata of an SD-JWT VC's iss, where there are any, are served with 200 as application/json, name that issuer, and have either jwks or jwks_uri with public keys",
    doc: "The document stands at `/.well-known/jwt-vc-issuer`, inserted between host and \
          path of `iss` (a slash at its end removed), not appended. Its `issuer` is `iss` \
          to the letter, and it has `jwks` or `jwks_uri`, one of the two.\n\n\
          Issuers behind a path forget the insertion, or serve the document of their root. \
          Credentials that carry `x5c` need none of this, and nobody has to publish the \
          document: a 404 is in order, see `sd-jwt/key-belongs-to-the-issuer` for the key.",
    judge: Judge::Answers(Station::JwtVcIssuer, issuer_key_set_is_well_formed),
};

fn by_metadata(scene: &Scene<'_>) -> Applies {
    let opened: Vec<&OpenedSdJwt> =
        scene.issued().iter().flat_map(Issued::sd_jwts).map(|(_, opened)| opened).collect();
    if opened.is_empty() {
        return applicability::sd_jwt_vc(scene);
    }
    let is_led_by_metadata = |opened: &&OpenedSdJwt| {
        let is_web = |issuer: &str| issuer.starts_with("https:") || issuer.starts_with("http:");
        !carries_chain(opened) && opened.sd_jwt.issuer().is_some_and(is_web)
    };
    Applies::when(
        opened.iter().any(is_led_by_metadata),
        "no credential without x5c has a URL as iss",
    )
}

fn issuer_key_set_is_well_formed(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(issuer) = relying_issuer(answered, scene) else {
        return Finding::Silent("no credential relies on this document");
    };
    match answered.answer.status {
        200 => {}
        404 | 410 => return Finding::Exempt("the issuer publishes no JWT VC Issuer Metadata"),
        status @ (400..=428 | 430..=499) => {
            let breach = Breach::new("200, or 404 where there are none", status.to_string());
            return Finding::Warns(breach, "nobody has to publish such metadata");
        }
        status @ 300..=399 => {
            let breach = Breach::new("200", format!("{status}, which leads nowhere"));
            return Finding::Warns(breach, "the redirect may be followed from elsewhere");
        }
        status => return Finding::breaks("200", status.to_string()),
    }
    let served = served::is_json_object(answered);
    if served != Finding::Holds {
        return served;
    }
    match answered.member("issuer").and_then(Value::as_str) {
        Some(named) if named == issuer => {}
        Some(named) => {
            return Finding::breaks(format!("issuer {issuer}"), format!("issuer {named}"));
        }
        None => return Finding::breaks("issuer, a string", "no issuer"),
    }
    match (answered.member("jwks"), answered.member("jwks_uri")) {
        (Some(key_set), None) => public_keys("jwks", Some(key_set)),
        (None, Some(uri)) => behind(uri, scene),
        (Some(_), Some(_)) => Finding::breaks("either jwks or jwks_uri", "both"),
        (None, None) => Finding::breaks("either jwks or jwks_uri", "neither"),
    }
}

/// The `iss` of a credential without `x5c` whose metadata this answer should be.
fn relying_issuer<'s>(answered: &Answered<'_>, scene: &'s Scene<'_>) -> Option<&'s str> {
    let asked = Url::parse(scene.transcript.origin(answered.exchange)).ok();
    scene
        .issued()
        .iter()
        .flat_map(Issued::sd_jwts)
        .filter(|(_, opened)| !carries_chain(opened))
        .filter_map(|(_, opened)| opened.sd_jwt.issuer())
        .find(|issuer| WellKnown::JwtVcIssuer.url(issuer, Location::Inserted) == asked)
}

fn carries_chain(opened: &OpenedSdJwt) -> bool {
    opened.sd_jwt.header().contains_key("x5c")
}

/// The key set that was fetched from a `jwks_uri`.
fn behind(uri: &Value, scene: &Scene<'_>) -> Finding {
    let Some(url) = uri.as_str().and_then(|uri| Url::parse(uri).ok()) else {
        return Finding::breaks("jwks_uri, a URL", format!("jwks_uri {uri}"));
    };
    let mut answers = scene.answers(Station::KeySet);
    let fetched = answers.find(|answered| scene.is_from(answered.exchange, &url));
    match fetched {
        Some(answered) if answered.answer.is_success() => public_keys("jwks_uri", answered.json),
        Some(answered) => {
            let status = answered.answer.status;
            Finding::breaks("a key set at jwks_uri", format!("{status} from {url}"))
        }
        None => Finding::HoldsAsFar("the key set at jwks_uri was not fetched".to_owned()),
    }
}

fn public_keys(place: &str, key_set: Option<&Value>) -> Finding {
    let expected = format!("a set of public keys in {place}");
    let keys = key_set.and_then(|key_set| key_set.get("keys")?.as_array());
    let Some(keys) = keys.filter(|keys| !keys.is_empty()) else {
        return Finding::breaks(expected, "no array keys with a key in it");
    };
    for (index, key) in keys.iter().enumerate() {
        match PublicJwk::from_value(key) {
            Err(error) => return Finding::breaks(expected, format!("key {index}: {error}")),
            Ok(jwk) if jwk.key_type().is_none() => {
                return Finding::breaks(expected, format!("key {index} has no kty"));
            }
            Ok(jwk) if jwk.has_private_members() => {
                return Finding::breaks(expected, format!("key {index} has private members"));
            }
            Ok(_) => {}
        }
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{CA, LEAF, Paper, issuer_key, respond};
    use crate::checks::staging::{ISSUER, Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;
    use serde_json::{Value, json};

    fn answered(status: u16, metadata: Value) -> Stage {
        let url = format!("{ISSUER}/.well-known/jwt-vc-issuer");
        let stage = Stage::new().answer_json(Station::JwtVcIssuer, status, metadata).sent(
            "GET",
            &url,
            &[],
            "",
        );
        respond(stage, &[Paper::honest(1).text()], 1)
    }

    fn keys() -> Value {
        json!({"keys": [issuer_key().public_jwk().to_value()]})
    }

    #[test]
    fn keys_inside_or_behind_a_url_hold() {
        assert_holds(&super::CHECK, &answered(200, json!({"issuer": ISSUER, "jwks": keys()})));
        let uri = "https://issuer.example/jwks";
        let by_reference = answered(200, json!({"issuer": ISSUER, "jwks_uri": uri}));
        let fetched = by_reference.answer_json(Station::KeySet, 200, keys());
        assert_holds(&super::CHECK, &fetched.sent("GET", uri, &[], ""));
    }

    #[test]
    fn anything_else_breaks() {
        let private = json!({"keys": [issuer_key().private_jwk()]});
        let cases = [
            (500, json!({}), "500"),
            (200, json!({"issuer": "https://other.example", "jwks": keys()}), "other.example"),
            (200, json!({"jwks": keys()}), "no issuer"),
            (200, json!({"issuer": ISSUER, "jwks": keys(), "jwks_uri": "x"}), "both"),
            (200, json!({"issuer": ISSUER}), "neither"),
            (200, json!({"issuer": ISSUER, "jwks": {"keys": []}}), "no array"),
            (200, json!({"issuer": ISSUER, "jwks": private}), "private"),
        ];
        for (status, metadata, says) in cases {
            assert_breaks(&super::CHECK, &answered(status, metadata), says);
        }
    }

    #[test]
    fn nobody_has_to_publish_any() {
        assert_outcome(&super::CHECK, &answered(404, json!({})), Outcome::NotApplicable);
        assert_outcome(&super::CHECK, &answered(403, json!({})), Outcome::Warn);
    }

    #[test]
    fn certificates_make_it_unnecessary() {
        let paper = Paper::honest(1).header("x5c", json!([LEAF, CA]));
        let stage = respond(Stage::new(), &[paper.text()], 1);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
