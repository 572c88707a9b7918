//! A type that extends another leans on it.

use serde_json::Value;
use url::Url;

use super::{answer_from, described, document_at, in_document, location};
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/extended-type-is-found",
    aliases: &[],
    since: "2026.3",
    title: "the type that is extended can be found",
    level: Level::Derived,
    raised_by: &[],
    applies: described,
    spec: &["sdjwtvc#section-6.2", "sdjwtvc#section-6.4"],
    obligation: "extends in type metadata is the URI of another type, whose metadata can be retrieved",
    doc: "Whoever reads the metadata of a type must first read those of the type that it extends. \
          A path without scheme and host, or a list of several types, is no URI of a type; a URL \
          that answers 404 leaves readers without the inherited claims.\n\n\
          That nothing is found at the URL only warns: metadata may also come from a registry \
          that the reader knows.",
    judge: Judge::Answers(Station::TypeMetadata, extended_type_is_found),
};

fn extended_type_is_found(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let extends = match metadata.json().get("extends") {
            None => return Finding::Exempt("the type extends no other"),
            Some(Value::String(extends)) if Url::parse(extends).is_ok() => extends,
            other => {
                let actual = format!("extends is {}", shape::describe(other));
                return Finding::breaks("extends, the URI of a type", actual);
            }
        };
        let Some(url) = location(extends, scene) else {
            return Finding::Exempt("the extended type is no https URL");
        };
        match answer_from(&url, scene) {
            None => Finding::HoldsAsFar("the extended type was not fetched".to_owned()),
            Some(_) if document_at(extends, scene).is_some() => Finding::Holds,
            Some(answered) => Finding::Warns(
                Breach::new("a JSON object at extends", answered.answer.status.to_string()),
                "a reader may find the extended type in a registry",
            ),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{described, of_type, plain};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;
    use serde_json::{Value, json};

    fn extending(extends: Value) -> Stage {
        described(json!({ "extends": extends }))
    }

    #[test]
    fn a_type_that_is_found_holds() {
        let base = "https://issuer.example/vct/base";
        assert_holds(&super::CHECK, &of_type(extending(json!(base)), base, json!({})));
        assert_outcome(&super::CHECK, &extending(json!("urn:pid")), Outcome::NotApplicable);
        assert_outcome(&super::CHECK, &described(plain()), Outcome::NotApplicable);
    }

    #[test]
    fn what_is_no_type_breaks_and_a_dead_end_warns() {
        assert_breaks(&super::CHECK, &extending(json!("/vct/base")), "/vct/base");
        assert_breaks(&super::CHECK, &extending(json!(["urn:a", "urn:b"])), "an array of 2");
        let base = "https://issuer.example/vct/base";
        let dead = extending(json!(base)).answer(Station::TypeMetadata, 404, &[], "");
        assert_outcome(&super::CHECK, &dead.sent("GET", base, &[], ""), Outcome::Warn);
    }

    #[test]
    fn what_stands_elsewhere_may_be_somebody_elses() {
        let base = "https://types.example/base";
        let stage = of_type(extending(json!(base)), base, json!({ "extends": 7 }));
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
    }
}
