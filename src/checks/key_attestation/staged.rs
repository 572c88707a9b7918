//! Scenarios in which attested keys are asked credentials for.

use serde_json::{Map, Value, json};

use crate::checks::staging::{Stage, honest_metadata, with};
use crate::jose::{JwtDraft, PrivateKey};
use crate::protocol::{KEY_ATTESTATION_TYP, PROOF_TYP};
use crate::transcript::Station;

/// The tampered attestation, in place of a proof, is accepted.
pub fn accepted(tamper: &str) -> Stage {
    controlled(stage().tampered(tamper, Station::Credential, 200, credentials(1)))
}

/// The tampered attestation, in the header of a proof that is good by itself, is accepted.
pub fn accepted_beside_a_proof(tamper: &str) -> Stage {
    let stage = stage().tampered(tamper, Station::Credential, 200, credentials(1));
    controlled(asked(stage, &[proof(1, 1)]))
}

/// One proof whose attestation attests that many keys is answered with that many credentials.
pub fn attested(keys: u8, count: usize) -> Stage {
    asked(stage().answer_json(Station::Credential, 200, credentials(count)), &[proof(1, keys)])
}

/// A batch of two attested proofs is granted.
pub fn batch() -> Stage {
    let proofs = [proof(1, 1), proof(2, 1)];
    asked(stage().answer_json(Station::Credential, 200, credentials(2)), &proofs)
}

/// That many attested proofs are refused, after the request of a tamper was granted.
pub fn turned_down(proofs: u8, otherwise: &str) -> Stage {
    let refused = json!({ "error": "invalid_proof" });
    let proofs: Vec<String> = (1..=proofs).map(|seed| proof(seed, 1)).collect();
    let stage = stage().tampered(otherwise, Station::Credential, 200, credentials(1));
    asked(stage.answer_json(Station::Credential, 400, refused), &proofs)
}

fn stage() -> Stage {
    let pointer = "/credential_configurations_supported/pid/proof_types_supported/jwt\
                   /key_attestations_required";
    Stage::new().issuer_metadata(with(honest_metadata(), pointer, json!({})))
}

fn controlled(stage: Stage) -> Stage {
    stage.answer_json(Station::Credential, 200, credentials(1))
}

fn asked(stage: Stage, proofs: &[String]) -> Stage {
    let body = json!({ "credential_configuration_id": "pid", "proofs": { "jwt": proofs } });
    stage.sent("POST", "https://issuer.example/credential", &[], &body.to_string())
}

fn credentials(count: usize) -> Value {
    let credentials: Vec<Value> = (0..count).map(|_| json!({ "credential": "a~" })).collect();
    json!({ "credentials": credentials })
}

/// A proof by the key of that seed, with an attestation of it and of the next ones.
fn proof(seed: u8, keys: u8) -> String {
    let key = |seed: u8| {
        PrivateKey::from_bytes(&[seed; 32]).unwrap_or_else(|error| unreachable!("{error}"))
    };
    let attested: Vec<Value> =
        (seed..seed + keys).map(|seed| key(seed).public_jwk().to_value()).collect();
    let mut attestation = JwtDraft::new(KEY_ATTESTATION_TYP, &key(99), Map::new());
    attestation.claims.insert("attested_keys".into(), attested.into());
    let mut proof = JwtDraft::new(PROOF_TYP, &key(seed), Map::new());
    proof.header.insert("jwk".into(), key(seed).public_jwk().to_value());
    proof.header.insert("key_attestation".into(), attestation.compact().into());
    proof.compact()
}
