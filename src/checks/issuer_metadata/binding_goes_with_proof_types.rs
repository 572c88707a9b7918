//! What a credential is bound to and how possession is proved are told together or not at all.

use serde_json::Value;

use super::in_each_configuration;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/binding-goes-with-proof-types",
    aliases: &[],
    since: "2026.1",
    title: "binding methods and proof types come together",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-parameters"],
    obligation: "a configuration has proof_types_supported exactly when it has \
                 cryptographic_binding_methods_supported",
    doc: "Binding methods say that the credential is bound to a key, proof types say how the wallet shows \
          that it holds the key. With only the first a wallet does not know which proof to make; with only \
          the second it makes proofs for a credential that is bound to nothing. Early drafts had no \
          `proof_types_supported`, so configurations grown since then may lack it.\n\n\
          Add the missing member, or remove both for credentials without key binding.",
    judge: Judge::Answers(Station::IssuerMetadata, binding_goes_with_proof_types),
};

fn binding_goes_with_proof_types(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_each_configuration(answered, scene, "both members or neither", |entry| {
        let has = |name| entry.json().get(name).is_some_and(|value: &Value| !value.is_null());
        match (has("cryptographic_binding_methods_supported"), has("proof_types_supported")) {
            (true, false) => Some("only cryptographic_binding_methods_supported".to_owned()),
            (false, true) => Some("only proof_types_supported".to_owned()),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{PID, honest, metadata_with, metadata_without};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn both_or_neither_hold() {
        assert_holds(&super::CHECK, &honest());
        let unbound = json!({ "format": "dc+sd-jwt", "vct": "v" });
        assert_holds(&super::CHECK, &metadata_with(PID, unbound));
    }

    #[test]
    fn one_alone_breaks() {
        let without = |name: &str| metadata_without(&format!("{PID}/{name}"));
        assert_breaks(&super::CHECK, &without("proof_types_supported"), "pid: only cryptographic");
        assert_breaks(
            &super::CHECK,
            &without("cryptographic_binding_methods_supported"),
            "pid: only proof_types",
        );
    }
}
