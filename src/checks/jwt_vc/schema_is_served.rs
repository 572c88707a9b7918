//! A schema that nobody can read helps nobody.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/schema-is-served",
    aliases: &[],
    since: "2026.3",
    title: "the schema can be read, also from a browser",
    level: Level::Note,
    raised_by: &[],
    applies: super::schema,
    spec: &["vcdm1#data-schemas"],
    obligation: "the schema that a credential names is answered with 200 and JSON, as application/schema+json, with Access-Control-Allow-Origin",
    doc: "No text obliges the issuer to serve the schema at its `id`; verifiers that find one there validate \
          the credential with it. JSON Schema has the media type `application/schema+json`, and a wallet in a \
          browser can read it only with `Access-Control-Allow-Origin`.\n\n\
          Serve it as a static file with both header fields. This only notes what is missing.",
    judge: Judge::Answers(Station::CredentialSchema, schema_is_served),
};

fn schema_is_served(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    let expected = "a schema as application/schema+json with Access-Control-Allow-Origin";
    let is_json = answered.json.is_some_and(serde_json::Value::is_object);
    if !answered.answer.is_success() || !is_json {
        return Finding::breaks(expected, format!("{} and no schema", answered.answer.status));
    }
    let mut missing = Vec::new();
    let media_type = answered.answer.media_type().unwrap_or_default();
    if media_type != "application/schema+json" {
        missing.push(match media_type.as_str() {
            "" => "no Content-Type".to_owned(),
            other => other.to_owned(),
        });
    }
    if answered.answer.headers.get("access-control-allow-origin").is_none() {
        missing.push("no Access-Control-Allow-Origin".to_owned());
    }
    Finding::expect(missing.is_empty(), expected, missing.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::staged::metadata;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16, headers: &[(&str, &str)]) -> Stage {
        let stage = Stage::new().issuer_metadata(metadata());
        stage.answer(Station::CredentialSchema, status, headers, "{}")
    }

    #[test]
    fn a_schema_for_everybody_holds_and_anything_else_is_noted() {
        let open = ("access-control-allow-origin", "*");
        let typed = ("content-type", "application/schema+json");
        assert_holds(&super::CHECK, &stage(200, &[open, typed]));
        assert_breaks(&super::CHECK, &stage(200, &[typed]), "no Access-Control");
        let json = ("content-type", "application/json");
        assert_breaks(&super::CHECK, &stage(200, &[open, json]), "application/json");
        assert_breaks(&super::CHECK, &stage(404, &[]), "404");
        assert_outcome(&super::CHECK, &stage(404, &[]), Outcome::Note);
    }
}
