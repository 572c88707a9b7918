//! A DPoP proof is signed with a private key, never with a secret that both sides know.

use super::in_document;
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/dpop-algorithms-are-asymmetric",
    aliases: &[],
    since: "2026.1",
    title: "the announced DPoP algorithms are asymmetric",
    level: Level::Derived,
    raised_by: &[],
    applies: where_dpop_is_announced,
    spec: &["rfc9449#section-5.1", "rfc9449#section-4.2"],
    obligation: "dpop_signing_alg_values_supported is an array of asymmetric signature algorithms",
    doc: "The `alg` of a DPoP proof is never `none` and never a MAC. Servers that print every algorithm of \
          their JOSE library list `HS256` here, and a wallet that trusts the list makes proofs that cannot \
          be verified with the public key they carry.\n\n\
          List the algorithms that the verifier of DPoP proofs is configured with, for example `ES256`.",
    judge: Judge::Answers(Station::AsMetadata, dpop_algorithms_are_asymmetric),
};

fn dpop_algorithms_are_asymmetric(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let value = metadata.json().get("dpop_signing_alg_values_supported");
        if value.is_none() {
            return Finding::Silent("dpop_signing_alg_values_supported is not advertised");
        }
        match shape::strings(value) {
            Ok(algorithms) => match algorithms.iter().find(|name| is_unfit(name)) {
                Some(name) => Finding::breaks("asymmetric algorithms", shape::quote(name)),
                None => Finding::Holds,
            },
            Err(_) if value.is_some_and(is_empty_array) => {
                Finding::Silent("an empty array lists no algorithm")
            }
            Err(found) => Finding::breaks("an array of algorithm names", found),
        }
    })
}

fn where_dpop_is_announced(scene: &Scene<'_>) -> Applies {
    match scene.as_metadata() {
        Some(metadata) => Applies::when(
            metadata.json().get("dpop_signing_alg_values_supported").is_some(),
            "dpop_signing_alg_values_supported is not advertised",
        ),
        None => Applies::Yes,
    }
}

fn is_unfit(algorithm: &str) -> bool {
    algorithm.eq_ignore_ascii_case("none") || matches!(algorithm, "HS256" | "HS384" | "HS512")
}

fn is_empty_array(value: &serde_json::Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{honest, metadata_with, metadata_without};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    const MEMBER: &str = "/dpop_signing_alg_values_supported";

    #[test]
    fn asymmetric_algorithms_hold_and_others_warn() {
        let stage = |value| metadata_with(MEMBER, value);
        assert_holds(&super::CHECK, &honest());
        assert_holds(&super::CHECK, &stage(json!(["ES256", "Ed25519", "PS512"])));
        for (value, says) in [
            (json!(["ES256", "HS256"]), "HS256"),
            (json!(["none"]), "none"),
            (json!("ES256"), "\"ES256\""),
        ] {
            assert_breaks(&super::CHECK, &stage(value.clone()), says);
            assert_outcome(&super::CHECK, &stage(value), Outcome::Warn);
        }
    }

    #[test]
    fn dpop_is_optional() {
        assert_outcome(&super::CHECK, &metadata_without(MEMBER), Outcome::NotApplicable);
    }
}
