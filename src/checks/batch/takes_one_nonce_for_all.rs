//! A wallet asks for a nonce, not for one per key.

use crate::checks::{Answered, Check, Finding, Judge, Level, Requested, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "batch/takes-one-nonce-for-all",
    aliases: &[],
    since: "2026.3",
    title: "all proofs of a request may carry the same nonce",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::batch_of_proofs,
    spec: &["vci#credential-request", "vci#key-proof-replay"],
    obligation: "a credential request whose proofs all carry one fresh c_nonce is not refused for its nonce",
    doc: "The Nonce Endpoint gives one `c_nonce` at a time, and nothing in the request says that each proof needs another. \
          An issuer that strikes the nonce off at the first proof calls it used at the second, and answers \
          `invalid_nonce` to every batch, however often the wallet fetches a new one.\n\n\
          Look the nonces up for the request as a whole, and strike them off once, when all proofs are good.",
    judge: Judge::Answers(Station::Credential, takes_one_nonce_for_all),
};

fn takes_one_nonce_for_all(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    if answered.exchange.station != Station::Credential || !shares_a_nonce(answered, scene) {
        return Finding::Silent("the request has no two proofs with the same nonce");
    }
    if answered.answer.is_success() && answered.grants_something() {
        return Finding::Holds;
    }
    match answered.error_code().as_deref() {
        Some("invalid_nonce") => Finding::breaks("one nonce for all proofs", answered.summary()),
        _ => Finding::Silent("the request was refused for something else"),
    }
}

fn shares_a_nonce(answered: &Answered<'_>, scene: &Scene<'_>) -> bool {
    let Some(requested) = Requested::read(answered.exchange, scene) else { return false };
    let nonce = |index: usize| requested.proofs.get(index)?.as_ref()?.nonce();
    let count = requested.proofs.len();
    count > 1 && nonce(0).is_some() && (1..count).all(|index| nonce(index) == nonce(0))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::credentials::proof;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata,
    };
    use crate::transcript::Station;

    fn asked(proofs: u8, status: u16, answer: Value) -> Stage {
        let jwts: Vec<String> = (1..=proofs).map(proof).collect();
        let body = json!({ "credential_configuration_id": "pid", "proofs": { "jwt": jwts } });
        let stage = Stage::new().issuer_metadata(honest_metadata());
        stage.answer_json(Station::Credential, status, answer).sent(
            "POST",
            "https://issuer.example/credential",
            &[],
            &body.to_string(),
        )
    }

    #[test]
    fn a_batch_holds_and_a_nonce_that_is_used_up_at_once_warns() {
        let granted = json!({ "credentials": [{ "credential": "a~" }] });
        assert_holds(&super::CHECK, &asked(2, 200, granted));
        let refused = asked(2, 400, json!({ "error": "invalid_nonce" }));
        assert_breaks(&super::CHECK, &refused, "invalid_nonce");
        assert_outcome(&super::CHECK, &refused, Outcome::Warn);
    }

    #[test]
    fn a_single_proof_and_another_error_show_nothing() {
        let refused = |code| json!({ "error": code });
        let single = asked(1, 400, refused("invalid_nonce"));
        assert_outcome(&super::CHECK, &single, Outcome::NotTestable);
        let other = asked(2, 400, refused("invalid_proof"));
        assert_outcome(&super::CHECK, &other, Outcome::NotTestable);
    }
}
