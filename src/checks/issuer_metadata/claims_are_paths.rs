//! Each claim description points at one claim, by a path.

use serde_json::Value;

use super::{CLAIMS, has_json_paths, in_each_configuration, where_claims_are_described};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/claims-are-paths",
    aliases: &[],
    since: "2026.1",
    title: "claims are described by paths",
    level: Level::Must,
    raised_by: &[],
    applies: where_claims_are_described,
    spec: &["vci#claims-description-issuer-metadata", "vci#claims_path_pointer"],
    obligation: "claims is a non-empty array of objects, each with a non-empty path of strings, nulls and \
                 non-negative integers",
    doc: "Up to draft 14 `claims` was an object that mirrored the credential. Since draft 15 it is an array \
          of descriptions, each with a `path` such as `[\"address\", \"street\"]`, where `null` stands for \
          every element of an array and a number for one of them. A dotted string is no path.\n\n\
          Turn each leaf of the old object into one description. Negative numbers are possible in mdocs \
          only, as keys of maps.",
    judge: Judge::Answers(Station::IssuerMetadata, claims_are_paths),
};

fn claims_are_paths(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let expected = "a non-empty array of claim descriptions, each with a path";
    in_each_configuration(answered, scene, expected, |entry| {
        let value = entry.json().pointer(CLAIMS)?;
        let claims = match value.as_array() {
            Some(claims) if !claims.is_empty() => claims,
            _ => return Some(format!("claims is {}", shape::describe(Some(value)))),
        };
        let counts_from_zero = has_json_paths(entry);
        claims.iter().enumerate().find_map(|(index, claim)| {
            let fault = fault(claim.get("path"), counts_from_zero)?;
            Some(format!("the path of claim {} {fault}", index + 1))
        })
    })
}

fn fault(path: Option<&Value>, counts_from_zero: bool) -> Option<String> {
    let components = match path.and_then(Value::as_array) {
        Some(components) if !components.is_empty() => components,
        _ => return Some(format!("is {}", shape::describe(path))),
    };
    let is_right = |component: &&Value| match component {
        Value::String(_) | Value::Null => true,
        Value::Number(_) => {
            shape::integer(component).is_some_and(|index| index >= 0 || !counts_from_zero)
        }
        _ => false,
    };
    let wrong = components.iter().find(|component| !is_right(component))?;
    Some(format!("holds {}", shape::describe(Some(wrong))))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{PID, honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn stage(format: &str, claims: Value) -> Stage {
        let metadata = json!({ "format": format, "credential_metadata": { "claims": claims } });
        metadata_with(PID, metadata)
    }

    #[test]
    fn paths_of_strings_nulls_and_indices_hold() {
        let claims = json!([{ "path": ["a", null, 0, "b"] }, { "path": ["c"], "mandatory": true }]);
        assert_holds(&super::CHECK, &stage("dc+sd-jwt", claims));
        let keyed = json!([{ "path": ["namespace", "element", -1] }]);
        assert_holds(&super::CHECK, &stage("mso_mdoc", keyed));
    }

    #[test]
    fn anything_else_breaks() {
        for (claims, says) in [
            (json!({ "given_name": {} }), "claims is an object"),
            (json!([]), "claims is an empty array"),
            (json!(["a"]), "claim 1 is nothing"),
            (json!([{ "path": "a.b" }]), "is \"a.b\""),
            (json!([{ "path": [] }]), "is an empty array"),
            (json!([{ "path": ["a", -1] }]), "holds -1"),
            (json!([{ "path": ["a", 0.5] }]), "holds 0.5"),
            (json!([{ "path": [["a"]] }]), "holds an array"),
        ] {
            assert_breaks(&super::CHECK, &stage("dc+sd-jwt", claims), says);
        }
    }

    #[test]
    fn descriptions_are_optional() {
        assert_outcome(&super::CHECK, &honest(), Outcome::NotApplicable);
    }
}
