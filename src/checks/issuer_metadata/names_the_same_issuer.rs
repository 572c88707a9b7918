//! Metadata that speaks for another identifier must not be used.

use serde_json::Value;

use super::in_document;
use crate::checks::well_known::{issuer_identifiers, leads_to};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::protocol::{Location, WellKnown};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/names-the-same-issuer",
    aliases: &[],
    since: "2026.1",
    title: "issuer metadata names the issuer it was asked for",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-parameters"],
    obligation: "credential_issuer is, character for character, the identifier that leads to the metadata",
    doc: "The wallet compares two strings and stops if they differ; nothing is normalized. A default port \
          (`:443`), a trailing slash, capitals in the host, `http` behind a proxy that ends TLS, and an \
          internal host name are the usual differences.\n\n\
          Configure the public identifier once, and use that string in offers, in the metadata and as the \
          audience of key proofs. Do not build it from the request.",
    judge: Judge::Answers(Station::IssuerMetadata, names_the_same_issuer),
};

fn names_the_same_issuer(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let found = metadata.json().get("credential_issuer");
        let url = &answered.exchange.request.url;
        let asked_for: Vec<&str> = issuer_identifiers(scene)
            .into_iter()
            .filter(|identifier| {
                [Location::Inserted, Location::Appended].into_iter().any(|location| {
                    leads_to(identifier, WellKnown::CredentialIssuer, location, url)
                })
            })
            .collect();
        let Some(given) = asked_for.last() else {
            return Finding::Silent("fetched from an address that no known identifier leads to");
        };
        // Offers speak for the issuer, the identifier given by hand only where none does.
        let mut expected: Vec<&str> = asked_for.clone();
        expected.retain(|identifier| is_offered(identifier, scene));
        if expected.is_empty() {
            expected.push(given);
        }
        let named = found.and_then(Value::as_str);
        let differing = expected.iter().find(|identifier| named != Some(**identifier));
        match differing {
            None => Finding::Holds,
            Some(identifier) => Finding::breaks(shape::quote(identifier), shape::describe(found)),
        }
    })
}

fn is_offered(identifier: &str, scene: &Scene<'_>) -> bool {
    scene
        .transcript
        .offers
        .iter()
        .filter_map(|record| record.object.as_ref())
        .any(|offer| offer.get("credential_issuer").is_some_and(|issuer| issuer == identifier))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{honest, metadata_with, metadata_without};
    use crate::checks::staging::{ISSUER, assert_breaks, assert_holds};

    #[test]
    fn the_same_string_holds_and_a_near_one_does_not() {
        assert_holds(&super::CHECK, &honest());
        for near in [
            "https://issuer.example/",
            "https://issuer.example:443",
            "https://Issuer.example",
            "http://issuer.example",
        ] {
            let stage = metadata_with("/credential_issuer", json!(near));
            assert_breaks(&super::CHECK, &stage, near);
        }
        assert_breaks(&super::CHECK, &metadata_without("/credential_issuer"), "nothing");
    }

    #[test]
    fn the_offer_speaks_for_the_issuer() {
        let slash = format!("{ISSUER}/");
        let offer = json!({ "credential_issuer": slash });
        let agreeing = metadata_with("/credential_issuer", json!(slash)).offer(offer.clone(), None);
        assert_holds(&super::CHECK, &agreeing);
        assert_breaks(&super::CHECK, &honest().offer(offer, None), ISSUER);
    }
}
