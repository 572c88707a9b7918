//! What is announced is taken.

use crate::checks::algorithms::{Attempt, all_are_taken, attempts};
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::jose::Jws;
use crate::transcript::{Run, Station};

pub static CHECK: Check = Check {
    id: "dpop/accepts-announced-algorithms",
    aliases: &[],
    since: "2026.3",
    title: "DPoP proofs by every announced algorithm are accepted",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-5.1", "rfc9449#section-4.3"],
    obligation: "a DPoP proof by an algorithm that dpop_signing_alg_values_supported lists is accepted as one by another of them is, at the token endpoint and at the credential endpoint",
    doc: "The list is the authorization server's, and the credential endpoint has to take what it lists, \
          too: the token is bound to that key. They drift apart where the two are products of two \
          makers, or where the list is the default of a library and the thumbprint is computed for EC \
          keys only.\n\n\
          The thumbprint of an Ed25519 key is over `crv`, `kty` and `x` (RFC 8037, section 2).",
    judge: Judge::Run(accepts_announced_algorithms),
};

/// The codes that a refused proof may be answered with.
const CODES: &[&str] = &["invalid_dpop_proof", "invalid_request", "invalid_token"];

fn accepts_announced_algorithms(run: &Run) -> Finding {
    all_are_taken(&attempts(run, of_scenario))
}

fn of_scenario(scene: &Scene<'_>) -> Vec<Attempt> {
    let at = |station: Station| scene.answers(station).map(move |answered| (station, answered));
    let requests = at(Station::Token).chain(at(Station::Credential));
    let attempts = requests.filter_map(|(station, answered)| {
        let proof = Jws::parse(answered.exchange.request.headers.get("dpop")?).ok()?;
        let algorithm = proof.algorithm()?;
        let listed = scene.as_metadata()?.dpop_algorithms();
        let purpose = (station.name(), algorithm);
        let is_announced = listed.contains(&algorithm);
        is_announced.then(|| Attempt::new(&answered, scene, purpose, &listed, CODES))
    });
    attempts.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::staging::{Stage, assert_breaks, assert_holds, honest_as_metadata};
    use crate::jose::base64url;
    use crate::transcript::Station;

    fn asked(requests: &[(&str, bool)]) -> Stage {
        let mut metadata = honest_as_metadata();
        metadata["dpop_signing_alg_values_supported"] = json!(["ES256", "EdDSA"]);
        let mut stage = Stage::new().answer_json(Station::AsMetadata, 200, metadata);
        for (algorithm, is_granted) in requests {
            let header = base64url::encode(json!({ "alg": algorithm }).to_string());
            let (status, answer) = match is_granted {
                true => (200, json!({"access_token": "t", "token_type": "DPoP"})),
                false => (400, json!({"error": "invalid_dpop_proof"})),
            };
            stage = stage.answer_json(Station::Token, status, answer).sent(
                "POST",
                "https://issuer.example/token",
                &[("dpop", &format!("{header}.e30.AA"))],
                "",
            );
        }
        stage
    }

    #[test]
    fn both_granted_hold_and_one_refused_breaks() {
        assert_holds(&super::CHECK, &asked(&[("ES256", true), ("EdDSA", true)]));
        assert_breaks(&super::CHECK, &asked(&[("ES256", true), ("EdDSA", false)]), "EdDSA: ");
    }
}
