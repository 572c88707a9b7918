//! Faults of batch issuance.

use serde_json::{Value, json};

use super::{Fault, Lapse, Rule, Stage};
use crate::{answer::Answer, incoming::Incoming, refusal::Refusal, station::Station, strict_json};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "batch-size-overstated",
        station: "batch",
        stage: Stage::Wire(&[Station::IssuerMetadata], overstate),
        config: "identifiers",
        says: "Issuer metadata announces larger batches than the credential endpoint takes",
        caught_by: &["batch/accepts-the-batch-size"],
    },
    Fault {
        name: "accepts-batch-over-size",
        station: "batch",
        stage: Stage::Rule(Rule::BatchSize, Lapse::Accepts),
        config: "identifiers",
        says: "A credential request with more proofs than the batch size is served",
        caught_by: &["batch/refuses-beyond-the-batch-size"],
    },
    Fault {
        name: "crashes-on-batch-over-size",
        station: "batch",
        stage: Stage::Rule(Rule::BatchSize, Lapse::Crashes),
        config: "identifiers",
        says: "A credential request with more proofs than the batch size is answered with status 500",
        caught_by: &["batch/refuses-beyond-the-batch-size", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-batch-duplicate-key",
        station: "batch",
        stage: Stage::Rule(Rule::BatchKeysDistinct, Lapse::Accepts),
        config: "identifiers",
        says: "A credential request with two proofs by one key is served",
        caught_by: &["batch/refuses-a-duplicate-key"],
    },
    Fault {
        name: "crashes-on-batch-duplicate-key",
        station: "batch",
        stage: Stage::Rule(Rule::BatchKeysDistinct, Lapse::Crashes),
        config: "identifiers",
        says: "A credential request with two proofs by one key is answered with status 500",
        caught_by: &["batch/refuses-a-duplicate-key", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-batch-one-bad-proof",
        station: "batch",
        stage: Stage::Rule(Rule::BatchAllGood, Lapse::Accepts),
        config: "identifiers",
        says: "A credential request with a bad proof among good ones is served",
        caught_by: &["batch/refuses-one-bad-proof", "batch/refuses-one-stale-nonce"],
    },
    Fault {
        name: "crashes-on-batch-one-bad-proof",
        station: "batch",
        stage: Stage::Rule(Rule::BatchAllGood, Lapse::Crashes),
        config: "identifiers",
        says: "A credential request with a bad proof among good ones is answered with status 500",
        caught_by: &[
            "batch/refuses-one-bad-proof",
            "batch/refuses-one-stale-nonce",
            "http/never-answers-5xx",
        ],
    },
    Fault {
        name: "stale-nonce-in-a-batch-is-invalid-proof",
        station: "batch",
        stage: Stage::Rule(
            Rule::BatchAllGood,
            Lapse::Answers { status: 400, code: "invalid_proof" },
        ),
        config: "identifiers",
        says: "A wrong nonce among good ones is refused as invalid_proof",
        caught_by: &["batch/refuses-one-stale-nonce"],
    },
    Fault {
        name: "uses-a-nonce-up-at-the-first-proof",
        station: "batch",
        stage: Stage::Request(&[Station::Credential], |incoming| {
            (proofs(incoming) > 1)
                .then(|| Refusal::bad_request("invalid_nonce", "the nonce was used before"))
        }),
        config: "identifiers",
        says: "The second proof with the nonce of the first is refused for its nonce",
        caught_by: &[
            "batch/takes-one-nonce-for-all",
            "batch/accepts-the-batch-size",
            "batch/refuses-beyond-the-batch-size",
            "batch/refuses-a-duplicate-key",
            "batch/refuses-one-bad-proof",
        ],
    },
    Fault {
        name: "issues-unannounced-batches",
        station: "batch",
        stage: Stage::Rule(Rule::BatchSize, Lapse::Accepts),
        config: "plain",
        says: "Two credentials are issued for two proofs, though no batches are announced",
        caught_by: &["batch/withstands-unannounced-batches"],
    },
    Fault {
        name: "crashes-on-unannounced-batches",
        station: "batch",
        stage: Stage::Rule(Rule::BatchSize, Lapse::Crashes),
        config: "plain",
        says: "Two proofs are answered with status 500 where no batches are announced",
        caught_by: &["batch/withstands-unannounced-batches", "http/never-answers-5xx"],
    },
    Fault {
        name: "batch-bound-to-one-key",
        station: "batch",
        stage: Stage::Claims(|claims, context| {
            if let Some(Some(key)) = context.keys.first() {
                claims.clear.insert("cnf".to_owned(), json!({"jwk": key.to_jwk()}));
            }
        }),
        config: "identifiers",
        says: "All credentials of a batch are bound to the first key",
        caught_by: &["batch/binds-each-key-once"],
    },
    Fault {
        name: "batch-mixes-datasets",
        station: "batch",
        stage: Stage::Claims(|claims, context| {
            if context.position > 0 {
                claims.dataset.insert("family_name".to_owned(), json!("Somebody Else"));
            }
        }),
        config: "identifiers",
        says: "Credentials of one batch are about different people",
        caught_by: &["batch/shares-one-dataset"],
    },
    Fault {
        name: "batch-repeats-a-credential",
        station: "batch",
        stage: Stage::Wire(&[Station::Credential], repeat),
        config: "identifiers",
        says: "The second credential of a batch is a copy of the first",
        caught_by: &[
            "batch/credentials-differ",
            "batch/binds-each-key-once",
            "unlinkability/salts-differ-within-a-batch",
        ],
    },
];

fn overstate(answer: &mut Answer) {
    if let Some(metadata) = answer.object()
        && let Some(batch) = metadata.get_mut("batch_credential_issuance")
    {
        let size = batch["batch_size"].as_u64().unwrap_or(1);
        batch["batch_size"] = json!(size + 5);
    }
}

/// How many key proofs a request carries.
fn proofs(incoming: &Incoming) -> usize {
    let body = strict_json::read_object(&incoming.body);
    let proofs = body.as_ref().and_then(|body| body.get("proofs")?.get("jwt")?.as_array());
    proofs.map_or(0, Vec::len)
}

fn repeat(answer: &mut Answer) {
    let credentials = answer.object().and_then(|body| body.get_mut("credentials"));
    if let Some(Value::Array(credentials)) = credentials
        && let [first, second, ..] = credentials.as_mut_slice()
    {
        second.clone_from(first);
    }
}
