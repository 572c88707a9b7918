//! Faults of key attestations.

use serde_json::Value;

use super::{Fault, Lapse, Rule, Stage};
use crate::{
    answer::Answer, incoming::Incoming, jws::Jws, refusal::Refusal, station::Station, strict_json,
};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "accepts-attestation-missing",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationPresent, Lapse::Accepts),
        config: "attested",
        says: "A key proof without the attestation that the metadata demand is accepted",
        caught_by: &["key-attestation/refuses-missing-attestation"],
    },
    Fault {
        name: "crashes-on-attestation-missing",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationPresent, Lapse::Crashes),
        config: "attested",
        says: "A key proof without the attestation that the metadata demand is answered with status 500",
        caught_by: &["key-attestation/refuses-missing-attestation", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-wrong-typ",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationTyp, Lapse::Accepts),
        config: "attested",
        says: "A key attestation whose typ is not key-attestation+jwt is accepted",
        caught_by: &["key-attestation/refuses-wrong-typ"],
    },
    Fault {
        name: "crashes-on-attestation-wrong-typ",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationTyp, Lapse::Crashes),
        config: "attested",
        says: "A key attestation whose typ is not key-attestation+jwt is answered with status 500",
        caught_by: &["key-attestation/refuses-wrong-typ", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-alg-none",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationAlgNotNone, Lapse::Accepts),
        config: "attested",
        says: "A key attestation without a signature, alg none, is accepted",
        caught_by: &["key-attestation/refuses-alg-none"],
    },
    Fault {
        name: "crashes-on-attestation-alg-none",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationAlgNotNone, Lapse::Crashes),
        config: "attested",
        says: "A key attestation without a signature, alg none, is answered with status 500",
        caught_by: &["key-attestation/refuses-alg-none", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-symmetric-alg",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationAlgAsymmetric, Lapse::Accepts),
        config: "attested",
        says: "A key attestation under a symmetric alg is accepted",
        caught_by: &["key-attestation/refuses-symmetric-alg"],
    },
    Fault {
        name: "crashes-on-attestation-symmetric-alg",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationAlgAsymmetric, Lapse::Crashes),
        config: "attested",
        says: "A key attestation under a symmetric alg is answered with status 500",
        caught_by: &["key-attestation/refuses-symmetric-alg", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-by-unlisted-alg",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationAlgListed, Lapse::Accepts),
        config: "attested",
        says: "A key attestation by an algorithm that is not listed is accepted",
        caught_by: &["key-attestation/refuses-unlisted-algorithms"],
    },
    Fault {
        name: "crashes-on-attestation-by-unlisted-alg",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationAlgListed, Lapse::Crashes),
        config: "attested",
        says: "A key attestation by an algorithm that is not listed is answered with status 500",
        caught_by: &["key-attestation/refuses-unlisted-algorithms", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-bad-signature",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationSignature, Lapse::Accepts),
        config: "attested",
        says: "A key attestation whose signature does not verify is accepted",
        caught_by: &["key-attestation/refuses-bad-signature"],
    },
    Fault {
        name: "crashes-on-attestation-bad-signature",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationSignature, Lapse::Crashes),
        config: "attested",
        says: "A key attestation whose signature does not verify is answered with status 500",
        caught_by: &["key-attestation/refuses-bad-signature", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-missing-iat",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationIat, Lapse::Accepts),
        config: "attested",
        says: "A key attestation without iat is accepted",
        caught_by: &["key-attestation/refuses-missing-iat"],
    },
    Fault {
        name: "crashes-on-attestation-missing-iat",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationIat, Lapse::Crashes),
        config: "attested",
        says: "A key attestation without iat is answered with status 500",
        caught_by: &["key-attestation/refuses-missing-iat", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-no-keys",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationKeys, Lapse::Accepts),
        config: "attested",
        says: "A key attestation of no key is accepted",
        caught_by: &["key-attestation/refuses-no-keys"],
    },
    Fault {
        name: "crashes-on-attestation-no-keys",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationKeys, Lapse::Crashes),
        config: "attested",
        says: "A key attestation of no key is answered with status 500",
        caught_by: &["key-attestation/refuses-no-keys", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-missing-exp",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationExpPresent, Lapse::Accepts),
        config: "attested",
        says: "A key attestation without exp, in the header of a proof, is accepted",
        caught_by: &["key-attestation/refuses-missing-exp"],
    },
    Fault {
        name: "crashes-on-attestation-missing-exp",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationExpPresent, Lapse::Crashes),
        config: "attested",
        says: "A key attestation without exp, in the header of a proof, is answered with status 500",
        caught_by: &["key-attestation/refuses-missing-exp", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-expired",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationUnexpired, Lapse::Accepts),
        config: "attested",
        says: "An expired key attestation is accepted",
        caught_by: &["key-attestation/refuses-expired"],
    },
    Fault {
        name: "crashes-on-attestation-expired",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationUnexpired, Lapse::Crashes),
        config: "attested",
        says: "An expired key attestation is answered with status 500",
        caught_by: &["key-attestation/refuses-expired", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-unrelated-key",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationCoversProof, Lapse::Accepts),
        config: "attested",
        says: "A key proof by a key that its attestation does not attest is accepted",
        caught_by: &["key-attestation/refuses-unrelated-key"],
    },
    Fault {
        name: "crashes-on-attestation-unrelated-key",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationCoversProof, Lapse::Crashes),
        config: "attested",
        says: "A key proof by a key that its attestation does not attest is answered with status 500",
        caught_by: &["key-attestation/refuses-unrelated-key", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-twice",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationSingle, Lapse::Accepts),
        config: "attested",
        says: "Two attestations in place of key proofs is accepted",
        caught_by: &["key-attestation/refuses-two"],
    },
    Fault {
        name: "crashes-on-attestation-twice",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationSingle, Lapse::Crashes),
        config: "attested",
        says: "Two attestations in place of key proofs is answered with status 500",
        caught_by: &["key-attestation/refuses-two", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-missing-nonce",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationNoncePresent, Lapse::Accepts),
        config: "attested",
        says: "A key attestation without nonce is accepted",
        caught_by: &["key-attestation/refuses-missing-nonce"],
    },
    Fault {
        name: "crashes-on-attestation-missing-nonce",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationNoncePresent, Lapse::Crashes),
        config: "attested",
        says: "A key attestation without nonce is answered with status 500",
        caught_by: &["key-attestation/refuses-missing-nonce", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-unknown-nonce",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationNonceKnown, Lapse::Accepts),
        config: "attested",
        says: "A key attestation with a nonce that was never handed out is accepted",
        caught_by: &["key-attestation/refuses-unknown-nonce"],
    },
    Fault {
        name: "crashes-on-attestation-unknown-nonce",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationNonceKnown, Lapse::Crashes),
        config: "attested",
        says: "A key attestation with a nonce that was never handed out is answered with status 500",
        caught_by: &["key-attestation/refuses-unknown-nonce", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-weak-key-storage",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationKeyStorage, Lapse::Accepts),
        config: "attested",
        says: "A key attestation of too weak a key storage is accepted",
        caught_by: &["key-attestation/refuses-weak-key-storage"],
    },
    Fault {
        name: "crashes-on-attestation-weak-key-storage",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationKeyStorage, Lapse::Crashes),
        config: "attested",
        says: "A key attestation of too weak a key storage is answered with status 500",
        caught_by: &["key-attestation/refuses-weak-key-storage", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-weak-user-authentication",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationUserAuthentication, Lapse::Accepts),
        config: "attested",
        says: "A key attestation of too weak a user authentication is accepted",
        caught_by: &["key-attestation/refuses-weak-user-authentication"],
    },
    Fault {
        name: "crashes-on-attestation-weak-user-authentication",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationUserAuthentication, Lapse::Crashes),
        config: "attested",
        says: "A key attestation of too weak a user authentication is answered with status 500",
        caught_by: &["key-attestation/refuses-weak-user-authentication", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-stranger",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationTrusted, Lapse::Accepts),
        config: "attested",
        says: "A key attestation by a stranger is accepted",
        caught_by: &["key-attestation/refuses-strangers"],
    },
    Fault {
        name: "crashes-on-attestation-stranger",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationTrusted, Lapse::Crashes),
        config: "attested",
        says: "A key attestation by a stranger is answered with status 500",
        caught_by: &["key-attestation/refuses-strangers", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-anchor-in-chain",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationAnchorLeftOut, Lapse::Accepts),
        config: "attested",
        says: "A key attestation with the trust anchor in x5c is accepted",
        caught_by: &["key-attestation/refuses-anchor-in-chain"],
    },
    Fault {
        name: "crashes-on-attestation-anchor-in-chain",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationAnchorLeftOut, Lapse::Crashes),
        config: "attested",
        says: "A key attestation with the trust anchor in x5c is answered with status 500",
        caught_by: &["key-attestation/refuses-anchor-in-chain", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-attestation-self-signed",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationSignerCertified, Lapse::Accepts),
        config: "attested",
        says: "A key attestation by a self-signed signer is accepted",
        caught_by: &["key-attestation/refuses-self-signed"],
    },
    Fault {
        name: "crashes-on-attestation-self-signed",
        station: "key-attestation",
        stage: Stage::Rule(Rule::AttestationSignerCertified, Lapse::Crashes),
        config: "attested",
        says: "A key attestation by a self-signed signer is answered with status 500",
        caught_by: &["key-attestation/refuses-self-signed", "http/never-answers-5xx"],
    },
    Fault {
        name: "attestation-answers-unknown-nonce-as-invalid-proof",
        station: "key-attestation",
        stage: Stage::Rule(
            Rule::AttestationNonceKnown,
            Lapse::Answers { status: 400, code: "invalid_proof" },
        ),
        config: "attested",
        says: "An unknown nonce in a key attestation is refused as invalid_proof",
        caught_by: &["key-attestation/refuses-unknown-nonce"],
    },
    Fault {
        name: "one-credential-per-attestation",
        station: "key-attestation",
        stage: Stage::Wire(&[Station::Credential], keep_one),
        config: "attested",
        says: "However many keys are attested, one credential is issued",
        caught_by: &["key-attestation/issues-for-each-attested-key"],
    },
    Fault {
        name: "demands-kid-with-attestation",
        station: "key-attestation",
        stage: Stage::Request(&[Station::Credential], demand_kid),
        config: "attested",
        says: "A single proof with a key attestation is refused unless it names its key by kid, whoever sends it",
        caught_by: &[
            "key-attestation/accepts-a-jwk-header",
            "credential/refuses-invalid-token",
            "credential/refuses-missing-token",
        ],
    },
    Fault {
        name: "one-attestation-per-request",
        station: "key-attestation",
        stage: Stage::Request(&[Station::Credential], refuse_several),
        config: "attested",
        says: "Of several key proofs in a request, only one may have an attestation",
        caught_by: &[
            "key-attestation/accepts-an-attestation-for-each-proof",
            "batch/accepts-the-batch-size",
            "batch/refuses-one-stale-nonce",
        ],
    },
];

fn keep_one(answer: &mut Answer) {
    let credentials = answer.object().and_then(|body| body.get_mut("credentials"));
    if let Some(Value::Array(credentials)) = credentials {
        credentials.truncate(1);
    }
}

/// The key proofs with a key attestation.
fn attested(incoming: &Incoming) -> Option<Vec<Value>> {
    let body = strict_json::read_object(&incoming.body)?;
    let proofs = body.get("proofs")?.get("jwt")?.as_array()?;
    let read = proofs.iter().filter_map(Value::as_str).filter_map(Jws::read);
    let headers = read.map(|proof| Value::Object(proof.header));
    Some(headers.filter(|header| header.get("key_attestation").is_some()).collect())
}

fn demand_kid(incoming: &Incoming) -> Option<Refusal> {
    let attested = attested(incoming)?;
    let has_none = attested.iter().any(|header| header.get("kid").is_none());
    (attested.len() == 1 && has_none)
        .then(|| Refusal::bad_request("invalid_proof", "the proof names its key by no kid"))
}

fn refuse_several(incoming: &Incoming) -> Option<Refusal> {
    let is_more = attested(incoming)?.len() > 1;
    is_more.then(|| Refusal::bad_request("invalid_proof", "there are several attestations"))
}
