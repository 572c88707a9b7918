//! A type has one schema or none.

use serde_json::Value;
use url::Url;

use super::{described, in_document};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/has-one-schema",
    aliases: &[],
    since: "2026.3",
    title: "schema and schema_uri do not stand together",
    level: Level::Must,
    raised_by: &[],
    applies: described,
    spec: &["sdjwtvc#section-6.2", "sdjwtvc#section-6.5.1"],
    obligation: "type metadata have schema, a JSON Schema document, or schema_uri, or neither, and never both",
    doc: "In draft 11 a type can bring a JSON Schema, inside or by URL; with both, readers would \
          have to choose. Later drafts dropped the two members, so a schema is checked by some \
          wallets only. Whether the credential obeys the schema is not judged here.",
    judge: Judge::Answers(Station::TypeMetadata, has_one_schema),
};

fn has_one_schema(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    const EXPECTED: &str = "schema, an object, or schema_uri, a URL";
    in_document(answered, scene, |metadata| {
        let json = metadata.json();
        match (json.get("schema"), json.get("schema_uri")) {
            (None, None) => Finding::Exempt("the type has no schema"),
            (Some(_), Some(_)) => Finding::breaks(EXPECTED, "both"),
            // JSON Schema knows `true` and `false` as documents, too.
            (Some(Value::Object(_) | Value::Bool(_)), None) => Finding::Holds,
            (Some(other), None) => {
                Finding::breaks(EXPECTED, format!("schema is {}", shape::describe(Some(other))))
            }
            (None, Some(uri)) => Finding::expect(
                uri.as_str().is_some_and(|uri| Url::parse(uri).is_ok()),
                EXPECTED,
                format!("schema_uri is {}", shape::describe(Some(uri))),
            ),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{described, plain};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn one_holds_and_both_break() {
        let uri = "https://issuer.example/schema";
        assert_holds(&super::CHECK, &described(json!({ "schema": {} })));
        assert_holds(&super::CHECK, &described(json!({ "schema_uri": uri })));
        assert_breaks(
            &super::CHECK,
            &described(json!({ "schema": {}, "schema_uri": uri })),
            "both",
        );
        assert_breaks(&super::CHECK, &described(json!({ "schema": uri })), "schema is");
        assert_breaks(
            &super::CHECK,
            &described(json!({ "schema_uri": "schema" })),
            "schema_uri is",
        );
        assert_outcome(&super::CHECK, &described(plain()), Outcome::NotApplicable);
    }
}
