//! A wallet signs its proof with an algorithm from the list, or not at all.

use serde_json::Value;

use super::{in_each_configuration, where_some_configuration};
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

const MEMBER: &str = "proof_types_supported";
const ALGORITHMS: &str = "proof_signing_alg_values_supported";

pub static CHECK: Check = Check {
    id: "issuer-metadata/proof-types-list-algorithms",
    aliases: &[],
    since: "2026.1",
    title: "each proof type lists its algorithms",
    level: Level::Must,
    raised_by: &[],
    applies: where_proofs_are_asked_for,
    spec: &["vci#credential-issuer-parameters", "vci#proof-types"],
    obligation: "proof_types_supported maps each proof type to an object with a non-empty \
                 proof_signing_alg_values_supported",
    doc: "`proof_types_supported` is a map from `jwt`, `di_vp`, `attestation` or another name to an object, \
          and that object lists the algorithms in `proof_signing_alg_values_supported`. Draft 12 had an \
          array of names; metadata carried over from there has no place for the algorithms.\n\n\
          Write `{\"jwt\": {\"proof_signing_alg_values_supported\": [\"ES256\"]}}`. The algorithms of the \
          proof types defined by the specification are strings.",
    judge: Judge::Answers(Station::IssuerMetadata, proof_types_list_algorithms),
};

fn proof_types_list_algorithms(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let expected =
        "an object with a non-empty proof_signing_alg_values_supported for each proof type";
    in_each_configuration(answered, scene, expected, |entry| {
        let value = entry.json().get(MEMBER)?;
        let Some(types) = value.as_object() else {
            return Some(shape::describe(Some(value)));
        };
        types
            .iter()
            .find_map(|(name, proof_type)| Some(format!("{name} has {}", fault(name, proof_type)?)))
    })
}

fn fault(name: &str, proof_type: &Value) -> Option<String> {
    if !proof_type.is_object() {
        return Some(shape::describe(Some(proof_type)));
    }
    let algorithms = proof_type.get(ALGORITHMS);
    let is_defined = matches!(name, "jwt" | "di_vp" | "attestation");
    let is_filled = algorithms.and_then(Value::as_array).is_some_and(|items| !items.is_empty());
    match shape::strings(algorithms) {
        Err(found) if is_defined || !is_filled => Some(format!("{ALGORITHMS} {found}")),
        _ => None,
    }
}

fn where_proofs_are_asked_for(scene: &Scene<'_>) -> Applies {
    where_some_configuration(
        scene,
        |configuration| configuration.get(MEMBER).is_some(),
        "no configuration has proof_types_supported",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{PID, honest, metadata_with, metadata_without};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn stage(types: Value) -> Stage {
        metadata_with(&format!("{PID}/proof_types_supported"), types)
    }

    #[test]
    fn listed_algorithms_hold() {
        assert_holds(&super::CHECK, &honest());
        let other = json!({ "x": { "proof_signing_alg_values_supported": [-7] } });
        assert_holds(&super::CHECK, &stage(other));
    }

    #[test]
    fn anything_else_breaks() {
        let listing = |value: Value| json!({ "jwt": { super::ALGORITHMS: value } });
        for (types, says) in [
            (json!(["jwt"]), "an array of 1"),
            (json!({ "jwt": {} }), "supported nothing"),
            (json!({ "jwt": ["ES256"] }), "jwt has an array of 1"),
            (listing(json!([])), "an empty array"),
            (listing(json!("ES256")), "\"ES256\""),
            (listing(json!([-7])), "-7"),
        ] {
            assert_breaks(&super::CHECK, &stage(types), says);
        }
    }

    #[test]
    fn no_proofs_need_no_algorithms() {
        let stage = metadata_without(&format!("{PID}/proof_types_supported"));
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
