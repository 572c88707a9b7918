//! A rule about a claim has to say which claim.

use serde_json::Value;

use super::{described, first_fault, in_document};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::protocol::ClaimsPath;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/claims-are-well-formed",
    aliases: &[],
    since: "2026.3",
    title: "claim descriptions have a path and known rules",
    level: Level::Must,
    raised_by: &[],
    applies: described,
    spec: &["sdjwtvc#section-9", "sdjwtvc#section-9.1", "sdjwtvc#section-9.3"],
    obligation: "claims in type metadata is an array of objects, each with a non-empty path of strings, nulls and non-negative integers, and sd is always, allowed or never",
    doc: "A dotted string such as `address.locality` is no path, and a path without components \
          selects nothing. `sd` has three words; `true`, `required` or `selective` are none of them, \
          and a wallet that meets one does not know what to check.",
    judge: Judge::Answers(Station::TypeMetadata, claims_are_well_formed),
};

fn claims_are_well_formed(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let claims = metadata.json().get("claims");
        if claims.is_none() {
            return Finding::Exempt("the metadata describe no claims");
        }
        match first_fault(claims, "claims", fault) {
            Some(fault) => Finding::breaks("claim descriptions with a path and a known sd", fault),
            None => Finding::Holds,
        }
    })
}

fn fault(claim: &Value) -> Option<String> {
    if !claim.is_object() {
        return Some(shape::kind(Some(claim)).to_owned());
    }
    if claim.get("path").and_then(ClaimsPath::from_json).is_none() {
        return Some(match claim.get("path") {
            Some(Value::Array(path)) => format!("path {}", Value::from(path.clone())),
            other => format!("path is {}", shape::describe(other)),
        });
    }
    let rule = claim.get("sd")?;
    let is_known = matches!(rule.as_str(), Some("always" | "allowed" | "never"));
    (!is_known).then(|| format!("sd is {}", shape::describe(Some(rule))))
}

#[cfg(test)]
mod tests {
    use super::super::staged::{described, plain};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};

    fn claims(claims: Value) -> Stage {
        described(json!({ "claims": claims }))
    }

    #[test]
    fn paths_and_rules_of_the_draft_hold() {
        let right = json!([{ "path": ["a", null, 0] }, { "path": ["b"], "sd": "never", "new": 1 }]);
        assert_holds(&super::CHECK, &claims(right));
        assert_outcome(&super::CHECK, &described(plain()), Outcome::NotApplicable);
    }

    #[test]
    fn any_other_breaks() {
        let cases = [
            (json!({ "a": {} }), "claims is an object"),
            (json!([{ "sd": "always" }]), "path is nothing"),
            (json!([{ "path": "a.b" }]), "path is"),
            (json!([{ "path": [] }]), "path []"),
            (json!([{ "path": ["a", -1] }]), "-1"),
            (
                json!([{ "path": ["a"] }, { "path": ["b"], "sd": "required" }]),
                "entry 2 of claims: sd",
            ),
            (json!([{ "path": ["a"], "sd": true }]), "sd is true"),
        ];
        for (wrong, says) in cases {
            assert_breaks(&super::CHECK, &claims(wrong), says);
        }
    }
}
