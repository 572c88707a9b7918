//! What the metadata allow, the endpoint grants.

use super::batch_size;
use crate::checks::{
    Answered, Breach, Check, Finding, Judge, Level, Policy, Requested, Scene, applicability,
};
use crate::transcript::{Run, Station};

pub static CHECK: Check = Check {
    id: "batch/accepts-the-batch-size",
    aliases: &[],
    since: "2026.1",
    title: "a batch of batch_size proofs is accepted",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::batch_of_proofs,
    spec: &["vci#credential-issuer-parameters", "vci#credential-request"],
    obligation: "a credential request with exactly batch_size proofs is granted; fewer credentials than proofs are allowed",
    doc: "`batch_size` is the greatest number of proofs, not the first that is too many: \
          an off-by-one in the comparison refuses what the metadata promise. A `c_nonce` \
          that is used up by the first proof refuses every batch, with `invalid_nonce`; \
          all proofs of a request may carry the same one.\n\n\
          Let metadata and endpoint read the limit from one place, and check the nonce \
          once per request. Body size limits of gateways also stand in the way of large \
          batches. A refusal counts only where a request with fewer proofs was granted.",
    judge: Judge::Run(accepts_the_batch_size),
};

fn accepts_the_batch_size(run: &Run) -> Finding {
    let policy = Policy::default();
    let scenes = run.transcripts.iter().map(|one| Scene::new(&run.provenance, one, &policy));
    let scenes: Vec<Scene<'_>> = scenes.collect();
    let attempts: Vec<Attempt> = scenes.iter().flat_map(attempts).collect();
    if attempts.iter().any(|attempt| attempt.is_full && attempt.is_granted) {
        return Finding::Holds;
    }
    let refused = attempts.into_iter().find(|attempt| attempt.is_full && attempt.is_refused);
    let is_smaller_granted =
        scenes.iter().flat_map(self::attempts).any(|one| !one.is_full && one.is_granted);
    match refused {
        Some(attempt) if is_smaller_granted => Finding::Breaks(Breach::new(
            "credentials for as many proofs as batch_size says",
            attempt.told,
        )),
        Some(_) => Finding::Silent("no request with fewer proofs was granted either"),
        None => Finding::Silent("no request had batch_size proofs"),
    }
}

/// What became of a request with at most `batch_size` proofs.
struct Attempt {
    is_full: bool,
    is_granted: bool,
    is_refused: bool,
    told: String,
}

fn attempts(scene: &Scene<'_>) -> Vec<Attempt> {
    let Some(size) = batch_size(scene) else { return Vec::new() };
    let attempt = |answered: Answered<'_>| {
        let proofs = Requested::read(answered.exchange, scene)?.proofs.len();
        let scenario = &scene.transcript.scenario;
        (1..=size).contains(&proofs).then(|| Attempt {
            is_full: proofs == size,
            is_granted: answered.answer.is_success() && answered.grants_something(),
            // Refusals that concern the token or the rate say nothing about the batch.
            is_refused: !matches!(answered.answer.status, 401 | 403 | 408 | 429),
            told: format!("{} for {size} proofs (scenario {scenario})", answered.summary()),
        })
    };
    scene.answers(Station::Credential).filter_map(attempt).collect()
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::proof;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata,
    };
    use crate::transcript::Station;
    use serde_json::{Value, json};

    fn stage(proofs: u8, status: u16, answer: Value) -> Stage {
        asked(Stage::new().issuer_metadata(honest_metadata()), proofs, status, answer)
    }

    fn asked(stage: Stage, proofs: u8, status: u16, answer: Value) -> Stage {
        let jwts: Vec<String> = (1..=proofs).map(proof).collect();
        let body = json!({"credential_configuration_id": "pid", "proofs": {"jwt": jwts}});
        stage.answer_json(Station::Credential, status, answer).sent(
            "POST",
            "https://issuer.example/credential",
            &[],
            &body.to_string(),
        )
    }

    #[test]
    fn a_full_batch_holds_even_with_fewer_credentials() {
        let answer = json!({"credentials": [{"credential": "a~"}]});
        assert_holds(&super::CHECK, &stage(10, 200, answer));
    }

    #[test]
    fn a_refusal_of_a_full_batch_breaks() {
        let answer = json!({"error": "invalid_proof"});
        let alone = stage(10, 400, answer.clone());
        assert_outcome(&super::CHECK, &alone, Outcome::NotTestable);
        let granted = json!({"credentials": [{"credential": "a~"}]});
        let controlled = asked(stage(1, 200, granted), 10, 400, answer);
        assert_breaks(&super::CHECK, &controlled, "invalid_proof");
    }

    #[test]
    fn smaller_batches_say_nothing() {
        let answer = json!({"error": "invalid_proof"});
        assert_outcome(&super::CHECK, &stage(9, 400, answer), Outcome::NotTestable);
    }
}
