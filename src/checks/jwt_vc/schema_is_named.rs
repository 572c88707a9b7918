//! A schema is named so that it can be found and understood.

use serde_json::Value;
use url::Url;

use super::each_vc;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/schema-is-named",
    aliases: &[],
    since: "2026.3",
    title: "credentialSchema has an id and a type",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["vcdm1#data-schemas"],
    obligation: "each credentialSchema of an issued credential has a URI as id and a type",
    doc: "`credentialSchema` is one object or several, each with the `id` under which the schema is found and \
          the `type` that says what to do with it, such as `JsonSchema`. A bare URL is no schema for a \
          verifier, since nothing says what kind it is.\n\n\
          Leave the member out where there is no schema.",
    judge: Judge::Answers(Station::Credential, schema_is_named),
};

fn schema_is_named(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each_vc(answered, scene, |jwt_vc, _| {
        let schemas = match jwt_vc.member("credentialSchema") {
            None => return Finding::Exempt("the credential names no schema"),
            Some(Value::Array(schemas)) => schemas.as_slice(),
            Some(schema) => std::slice::from_ref(schema),
        };
        let unnamed = schemas.iter().find(|schema| !is_named(schema));
        match unnamed {
            Some(schema) => Finding::breaks("id, a URI, and type", schema.to_string()),
            None => Finding::Holds,
        }
    })
}

fn is_named(schema: &Value) -> bool {
    let id = schema.get("id").and_then(Value::as_str);
    let has_type = match schema.get("type") {
        Some(Value::String(name)) => !name.is_empty(),
        Some(Value::Array(names)) => names.iter().any(Value::is_string),
        _ => false,
    };
    id.is_some_and(|id| Url::parse(id).is_ok()) && has_type
}

#[cfg(test)]
mod tests {
    use super::super::staged::{JwtPaper, issued};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};

    fn stage(schema: Value) -> Stage {
        issued(&[JwtPaper::honest(1).vc("credentialSchema", schema)])
    }

    #[test]
    fn named_schemas_hold() {
        let schema = json!({"id": "https://issuer.example/s", "type": "JsonSchema"});
        assert_holds(&super::CHECK, &stage(schema.clone()));
        assert_holds(&super::CHECK, &stage(json!([schema])));
        assert_outcome(&super::CHECK, &stage(json!(null)), Outcome::NotApplicable);
    }

    #[test]
    fn a_url_alone_or_half_a_name_breaks() {
        assert_breaks(&super::CHECK, &stage(json!("https://issuer.example/s")), "https://");
        assert_breaks(&super::CHECK, &stage(json!({"id": "https://issuer.example/s"})), "id");
        assert_breaks(&super::CHECK, &stage(json!({"id": "s", "type": "JsonSchema"})), "\"s\"");
    }
}
