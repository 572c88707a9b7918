//! ES256 is what all wallets of the profile can sign with.

use serde_json::Value;

use super::profile;
use crate::checks::issuer_metadata::in_each_configuration;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/takes-es256",
    aliases: &[],
    since: "2026.3",
    title: "ES256 is taken in every proof",
    level: Level::Must,
    raised_by: &[],
    applies: profile,
    spec: &["haip#crypto-suites"],
    obligation: "wherever the metadata list algorithms of proofs, attestations or DPoP, ES256 is among them",
    doc: "Under the profile everybody can validate ES256: key proofs, attestations, client attestations with their proof of \
          possession. A list without it shuts out wallets that can do no more than they must.\n\n\
          Look at `proof_signing_alg_values_supported` of each proof type. Other algorithms may stand beside it.",
    judge: Judge::Answers(Station::IssuerMetadata, takes_es256),
};

fn takes_es256(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_each_configuration(answered, scene, "ES256 among the algorithms", |configuration| {
        let types = configuration.json().get("proof_types_supported")?.as_object()?;
        let without = types.iter().find(|(_, proof_type)| {
            let algorithms = proof_type.get("proof_signing_alg_values_supported");
            let listed = algorithms.and_then(Value::as_array);
            listed.is_some_and(|listed| !listed.iter().any(|algorithm| algorithm == "ES256"))
        });
        without.map(|(name, _)| format!("the proof type {name} is without ES256"))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::{assert_concerns_nobody_else, to_haip};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, honest_metadata, with};

    #[test]
    fn a_list_without_es256_breaks() {
        let pointer = "/credential_configurations_supported/pid/proof_types_supported/jwt";
        let stage = |algorithms: &[&str]| {
            let proof_type = json!({ "proof_signing_alg_values_supported": algorithms });
            Stage::new().issuer_metadata(with(honest_metadata(), pointer, proof_type))
        };
        assert_holds(&super::CHECK, &to_haip(stage(&["ES384", "ES256"])));
        assert_breaks(&super::CHECK, &to_haip(stage(&["RS256"])), "pid: the proof type jwt");
        assert_concerns_nobody_else(&super::CHECK, &stage(&["RS256"]));
    }
}
