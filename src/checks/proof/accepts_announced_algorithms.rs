//! What is announced is taken.

use crate::checks::algorithms::{Attempt, all_are_taken, attempts};
use crate::checks::requested::Requested;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::{Run, Station};

pub static CHECK: Check = Check {
    id: "proof/accepts-announced-algorithms",
    aliases: &[],
    since: "2026.3",
    title: "key proofs by every announced algorithm are accepted",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type", "vci#credential-issuer-parameters"],
    obligation: "a key proof by an algorithm that proof_signing_alg_values_supported lists is accepted as one by another of them is",
    doc: "The wallet picks one of the listed algorithms and has no other way to find out what works. \
          Lists are often those of a library, while the code behind reads keys of one curve only; or the \
          signature is verified and the key of the holder cannot be written into the credential \
          afterwards.\n\n\
          List what a test has issued a credential for. An `EdDSA` key has `kty` `OKP` and no `y`; a P-384 \
          signature has 96 bytes.",
    judge: Judge::Run(accepts_announced_algorithms),
};

/// The codes that a refused proof may be answered with.
const CODES: &[&str] = &["invalid_proof", "invalid_credential_request", "invalid_request"];

fn accepts_announced_algorithms(run: &Run) -> Finding {
    all_are_taken(&attempts(run, of_scenario))
}

fn of_scenario(scene: &Scene<'_>) -> Vec<Attempt> {
    let requests = scene.answers(Station::Credential).filter_map(|answered| {
        let requested = Requested::read(answered.exchange, scene)?;
        let algorithm = requested.proofs.first()?.as_ref()?.algorithm()?.to_owned();
        let listed = requested.configuration(scene)?.proof_algorithms("jwt");
        let is_announced = listed.contains(&algorithm.as_str());
        let id = requested.credential_configuration_id?;
        is_announced.then(|| Attempt::new(&answered, scene, (&id, &algorithm), &listed, CODES))
    });
    requests.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata,
    };
    use crate::jose::base64url;
    use crate::transcript::Station;

    /// Requests with proofs by these algorithms, and whether they are granted.
    fn asked(requests: &[(&str, bool)]) -> Stage {
        let mut metadata = honest_metadata();
        metadata["credential_configurations_supported"]["pid"]["proof_types_supported"] =
            json!({"jwt": {"proof_signing_alg_values_supported": ["ES256", "ES384"]}});
        let mut stage = Stage::new().issuer_metadata(metadata);
        for (algorithm, is_granted) in requests {
            let header = base64url::encode(json!({ "alg": algorithm }).to_string());
            let body = json!({
                "credential_configuration_id": "pid",
                "proofs": { "jwt": [format!("{header}.e30.AA")] }
            });
            let (status, answer) = match is_granted {
                true => (200, json!({"credentials": [{"credential": "x"}]})),
                false => (400, json!({"error": "invalid_proof"})),
            };
            stage = stage.answer_json(Station::Credential, status, answer).sent(
                "POST",
                "https://issuer.example/credential",
                &[],
                &body.to_string(),
            );
        }
        stage
    }

    #[test]
    fn both_granted_hold_and_one_refused_breaks() {
        assert_holds(&super::CHECK, &asked(&[("ES256", true), ("ES384", true)]));
        let refused = asked(&[("ES256", true), ("ES384", false)]);
        assert_breaks(&super::CHECK, &refused, "ES384: ");
    }

    #[test]
    fn nothing_is_said_of_what_is_not_listed_or_never_granted() {
        for silent in [&[("ES256", true), ("EdDSA", false)][..], &[("ES384", false)]] {
            assert_outcome(&super::CHECK, &asked(silent), Outcome::NotTestable);
        }
    }
}
