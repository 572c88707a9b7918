//! A map from names to what can be issued, the table that offers and requests refer to.

use super::{in_document, none_of};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/lists-configurations",
    aliases: &[],
    since: "2026.1",
    title: "issuer metadata maps names to configurations",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-parameters"],
    obligation: "credential_configurations_supported is an object whose every value is an object with the \
                 string format",
    doc: "Wallets look up the offered id as a key of `credential_configurations_supported`. Draft 11 had an \
          array, `credentials_supported`, whose entries carried their id inside; a list under the new name \
          is half of that change.\n\n\
          Publish an object, keyed by configuration id, and give each entry its `format`.",
    judge: Judge::Answers(Station::IssuerMetadata, lists_configurations),
};

fn lists_configurations(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let found = metadata.json().get("credential_configurations_supported");
        let Some(map) = found.and_then(serde_json::Value::as_object) else {
            return Finding::breaks("an object", shape::describe(found));
        };
        let faults = map.iter().filter_map(|(id, value)| {
            if !value.is_object() {
                return Some(format!("{id} is {}", shape::describe(Some(value))));
            }
            let format = value.get("format");
            let is_text = format.is_some_and(serde_json::Value::is_string);
            (!is_text).then(|| format!("the format of {id} is {}", shape::describe(format)))
        });
        none_of(faults, "an object with the string format for each configuration")
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{PID, honest, metadata_with, metadata_without};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn a_map_of_objects_holds_and_nothing_else() {
        let check = &super::CHECK;
        assert_holds(check, &honest());
        let map = "/credential_configurations_supported";
        assert_breaks(check, &metadata_without(map), "nothing");
        assert_breaks(check, &metadata_with(map, json!([{}])), "an array of 1");
        assert_breaks(check, &metadata_with(PID, json!("dc+sd-jwt")), "pid is");
        let format = format!("{PID}/format");
        assert_breaks(check, &metadata_without(&format), "the format of pid is nothing");
    }
}
