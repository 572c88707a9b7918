//! What the metadata allow, the endpoint grants.

use super::batch_size;
use crate::checks::{
    Answered, Breach, Check, Finding, Judge, Level, Requested, Scene, applicability,
};
use crate::transcript::Station;

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
          batches.",
    judge: Judge::Transcript(accepts_the_batch_size),
};

fn accepts_the_batch_size(scene: &Scene<'_>) -> Finding {
    let Some(size) = batch_size(scene) else {
        return Finding::Silent("the metadata have no batch_size");
    };
    let full: Vec<Answered<'_>> = scene
        .answers(Station::Credential)
        .filter(|answered| {
            Requested::read(answered.exchange, scene)
                .is_some_and(|request| request.proofs.len() == size)
        })
        .collect();
    if full.iter().any(|answered| answered.answer.is_success() && answered.grants_something()) {
        return Finding::Holds;
    }
    // Refusals that concern the token or the rate say nothing about the batch.
    let refused =
        full.iter().find(|answered| !matches!(answered.answer.status, 401 | 403 | 408 | 429));
    match refused {
        Some(answered) => {
            let breach = Breach::new(
                format!("credentials for {size} proofs, which is batch_size"),
                answered.summary(),
            );
            Finding::Breaks(breach.at([answered.exchange.number]))
        }
        None => Finding::Silent("no request had batch_size proofs"),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staged_credentials::proof;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata,
    };
    use crate::transcript::Station;
    use serde_json::{Value, json};

    fn stage(proofs: u8, status: u16, answer: Value) -> Stage {
        let jwts: Vec<String> = (1..=proofs).map(proof).collect();
        let body = json!({"credential_configuration_id": "pid", "proofs": {"jwt": jwts}});
        Stage::new()
            .issuer_metadata(honest_metadata())
            .answer_json(Station::Credential, status, answer)
            .sent("POST", "https://issuer.example/credential", &[], &body.to_string())
    }

    #[test]
    fn a_full_batch_holds_even_with_fewer_credentials() {
        let answer = json!({"credentials": [{"credential": "a~"}]});
        assert_holds(&super::CHECK, &stage(10, 200, answer));
    }

    #[test]
    fn a_refusal_of_a_full_batch_breaks() {
        let answer = json!({"error": "invalid_proof"});
        assert_breaks(&super::CHECK, &stage(10, 400, answer), "invalid_proof");
    }

    #[test]
    fn smaller_batches_say_nothing() {
        let answer = json!({"error": "invalid_proof"});
        assert_outcome(&super::CHECK, &stage(9, 400, answer), Outcome::NotTestable);
    }
}
