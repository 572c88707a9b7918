//! Metadata that speaks for another server must not be used.

use serde_json::Value;

use super::{in_document, server_identifiers};
use crate::checks::well_known::leads_to;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::protocol::{Location, WellKnown};
use crate::transcript::Station;

/// The addresses at which the metadata of an identifier is looked for.
const PLACES: &[(WellKnown, Location)] = &[
    (WellKnown::AuthorizationServer, Location::Inserted),
    (WellKnown::AuthorizationServer, Location::Appended),
    (WellKnown::OpenidConfiguration, Location::Appended),
];

pub static CHECK: Check = Check {
    id: "as-metadata/names-the-same-issuer",
    aliases: &[],
    since: "2026.1",
    title: "authorization server metadata names the server it was asked for",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc8414#section-3.3", "vci#credential-issuer-parameters"],
    obligation: "issuer is, character for character, the identifier that leads to the metadata",
    doc: "The wallet takes the identifier from `authorization_servers`, or the Credential Issuer Identifier \
          where there is no such list, and compares it with `issuer`. A trailing slash in one of the two, an \
          internal host name, and the metadata of another tenant are the usual differences; RFC 8414 calls \
          the check a defence against impersonation, so strict clients stop.\n\n\
          Copy `issuer` as it is into `authorization_servers`.",
    judge: Judge::Answers(Station::AsMetadata, names_the_same_issuer),
};

fn names_the_same_issuer(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let url = &answered.exchange.request.url;
        let asked_for: Vec<&str> = server_identifiers(scene)
            .into_iter()
            .filter(|identifier| {
                PLACES.iter().any(|(kind, location)| leads_to(identifier, *kind, *location, url))
            })
            .collect();
        let Some(first) = asked_for.first() else {
            return Finding::Silent("fetched from an address that no known identifier leads to");
        };
        let found = metadata.json().get("issuer");
        let is_same =
            found.and_then(Value::as_str).is_some_and(|issuer| asked_for.contains(&issuer));
        Finding::expect(is_same, shape::quote(first), shape::describe(found))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{honest, metadata_with, metadata_without};
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, honest_as_metadata, honest_metadata, with,
    };

    #[test]
    fn the_same_string_holds_and_a_near_one_does_not() {
        assert_holds(&super::CHECK, &honest());
        for near in ["https://issuer.example/", "https://other.example"] {
            let stage = metadata_with("/issuer", json!(near));
            assert_breaks(&super::CHECK, &stage, near);
        }
        assert_breaks(&super::CHECK, &metadata_without("/issuer"), "nothing");
    }

    #[test]
    fn the_list_of_the_issuer_decides() {
        let servers = json!(["https://issuer.example/"]);
        let stage = Stage::new()
            .issuer_metadata(with(honest_metadata(), "/authorization_servers", servers))
            .as_metadata(honest_as_metadata());
        assert_breaks(&super::CHECK, &stage, "https://issuer.example");
    }
}
