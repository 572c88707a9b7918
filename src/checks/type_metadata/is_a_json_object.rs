//! A type is described by an object, or not at all.

use serde_json::Value;

use super::{by_whose_it_is, is_meant_as_metadata, published};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/is-a-json-object",
    aliases: &[],
    since: "2026.3",
    title: "type metadata are a JSON object",
    level: Level::Must,
    raised_by: &[],
    applies: published,
    spec: &["sdjwtvc#section-6.2", "sdjwtvc#section-6.3.1"],
    obligation: "what is served as type metadata at the vct of an issued credential is a JSON object",
    doc: "A wallet that wants to show the credential asks the URL in `vct` for the type's \
          metadata and gets one JSON object. An array, a text, or JSON with a comma too many \
          leaves it with nothing.\n\n\
          Nothing has to be served there: a 404, or a page for people, is in order: the type \
          metadata may come from a registry.",
    judge: Judge::Answers(Station::TypeMetadata, is_a_json_object),
};

fn is_a_json_object(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    if !is_meant_as_metadata(answered) {
        return Finding::Silent("nothing that is meant as type metadata was served");
    }
    let finding = Finding::expect(
        answered.json.is_some_and(Value::is_object),
        "a JSON object",
        answered.json.map_or("no JSON", |json| shape::kind(Some(json))),
    );
    by_whose_it_is(finding, answered, scene)
}

#[cfg(test)]
mod tests {
    use super::super::staged::{VCT, answered, described, plain};
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;
    use serde_json::json;

    #[test]
    fn an_object_holds_and_other_json_breaks() {
        assert_holds(&super::CHECK, &described(plain()));
        assert_breaks(&super::CHECK, &described(json!([])), "an array");
        assert_breaks(&super::CHECK, &answered(200, "application/json", "{,}"), "no JSON");
    }

    #[test]
    fn nobody_has_to_publish_any() {
        for stage in [
            answered(404, "text/plain", "not found"),
            answered(200, "text/html", "<h1>PID</h1>"),
            issued(&[Paper::honest(1)]),
            issued(&[Paper::honest(1).claim("vct", json!("urn:eudi:pid:1"))]),
        ] {
            assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
        }
    }

    #[test]
    fn a_hash_promises_a_document_somewhere() {
        let paper = Paper::honest(1).claim("vct#integrity", json!("sha256-x"));
        let stage = issued(&[paper])
            .answer(Station::TypeMetadata, 200, &[("content-type", "text/html")], "<h1>PID</h1>")
            .sent("GET", VCT, &[], "");
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
