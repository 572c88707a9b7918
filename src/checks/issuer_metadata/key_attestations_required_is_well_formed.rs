//! What is demanded of attestations is written so that a wallet can read it.

use serde_json::Value;

use super::{in_each_configuration, where_some_configuration};
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

const MEMBER: &str = "key_attestations_required";

pub static CHECK: Check = Check {
    id: "issuer-metadata/key-attestations-required-is-well-formed",
    aliases: &[],
    since: "2026.3",
    title: "key_attestations_required is well-formed",
    level: Level::Must,
    raised_by: &[],
    applies: where_attestations_are_demanded,
    spec: &["vci#credential-issuer-parameters", "vci#keyattestation-apr"],
    obligation: "key_attestations_required is an object, and key_storage and user_authentication in it, where present, are non-empty arrays of strings",
    doc: "An empty list would accept nothing, and wallets read it as that or as anything. Where every \
          level is good, leave the list out: an empty object says that an attestation is needed and no \
          more. Where none is needed, leave `key_attestations_required` out altogether; `false` and \
          `null` are not ways to say so.",
    judge: Judge::Answers(Station::IssuerMetadata, key_attestations_required_is_well_formed),
};

fn key_attestations_required_is_well_formed(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let expected = "an object with non-empty arrays of strings";
    in_each_configuration(answered, scene, expected, |entry| {
        let types = entry.json().get("proof_types_supported")?.as_object()?;
        types.iter().find_map(|(name, proof_type)| {
            let found = fault(proof_type.get(MEMBER)?)?;
            Some(format!("{name} has {MEMBER} {found}"))
        })
    })
}

fn fault(required: &Value) -> Option<String> {
    if !required.is_object() {
        return Some(shape::describe(Some(required)));
    }
    ["key_storage", "user_authentication"].iter().find_map(|name| {
        let found = shape::strings(Some(required.get(name)?)).err()?;
        Some(format!("with {name} {found}"))
    })
}

fn where_attestations_are_demanded(scene: &Scene<'_>) -> Applies {
    let demands = |configuration: &Value| {
        let types = configuration.get("proof_types_supported").and_then(Value::as_object);
        types.is_some_and(|types| types.values().any(|one| one.get(MEMBER).is_some()))
    };
    where_some_configuration(scene, demands, "no configuration has key_attestations_required")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{PID, honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn stage(required: Value) -> Stage {
        let pointer = format!("{PID}/proof_types_supported/jwt/key_attestations_required");
        metadata_with(&pointer, required)
    }

    #[test]
    fn an_object_holds_and_anything_else_breaks() {
        assert_holds(&super::CHECK, &stage(json!({})));
        assert_holds(&super::CHECK, &stage(json!({ "key_storage": ["iso_18045_high"] })));
        for (required, says) in [
            (json!(false), "required false"),
            (json!({ "key_storage": [] }), "key_storage an empty array"),
            (json!({ "user_authentication": "iso_18045_high" }), "user_authentication \""),
        ] {
            assert_breaks(&super::CHECK, &stage(required), says);
        }
        assert_outcome(&super::CHECK, &honest(), Outcome::NotApplicable);
    }
}
