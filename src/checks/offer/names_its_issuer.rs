//! Everything a wallet does next starts from this one URL.

use super::each_offer;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability, identifier, shape};

pub static CHECK: Check = Check {
    id: "offer/names-its-issuer",
    aliases: &[],
    since: "2026.1",
    title: "an offer names its Credential Issuer",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-offer-parameters", "vci#credential-issuer-identifier"],
    obligation: "credential_issuer in an offer is an https URL without query and fragment",
    doc: "The wallet builds the address of the metadata from `credential_issuer`, and compares the string \
          with what it finds there. A tenant that is told apart by a query (`?tenant=1`) cannot be found, \
          because the well-known path is inserted before the path of the identifier and nothing says \
          where a query would go.\n\n\
          Put the tenant into the host or the path, and write the identifier exactly as in the metadata. \
          Plain http on loopback and to hosts given with `--allow-http` is not counted.",
    judge: Judge::Transcript(names_its_issuer),
};

fn names_its_issuer(scene: &Scene<'_>) -> Finding {
    each_offer(scene, |offer, _| {
        let found = offer.get("credential_issuer");
        let expected = "an https URL without query and fragment";
        let Some(text) = found.and_then(serde_json::Value::as_str) else {
            return Finding::breaks(expected, shape::describe(found));
        };
        match identifier::flaw(text, scene) {
            Some(flaw) => Finding::breaks(expected, format!("{}: {flaw}", shape::quote(text))),
            None => Finding::Holds,
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::honest_offer;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, with, without};

    #[test]
    fn a_plain_https_url_holds() {
        assert_holds(&super::CHECK, &Stage::new().offer(honest_offer(), None));
        let local = with(honest_offer(), "/credential_issuer", json!("http://localhost:8080/t"));
        assert_holds(&super::CHECK, &Stage::new().offer(local, None));
    }

    #[test]
    fn anything_else_does_not() {
        for (value, says) in [
            (json!("https://h/?tenant=1"), "a query"),
            (json!("https://h/#x"), "a fragment"),
            (json!("http://h"), "the scheme http"),
            (json!(["https://h"]), "an array"),
        ] {
            let offer = with(honest_offer(), "/credential_issuer", value);
            assert_breaks(&super::CHECK, &Stage::new().offer(offer, None), says);
        }
        let missing = without(honest_offer(), "/credential_issuer");
        assert_breaks(&super::CHECK, &Stage::new().offer(missing, None), "nothing");
    }
}
