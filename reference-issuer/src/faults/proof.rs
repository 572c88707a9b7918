//! Faults of the key proof.

use serde_json::Value;

use super::{Fault, Lapse, Rule, Stage, accepts, crashes};
use crate::{incoming::Incoming, jws::Jws, refusal::Refusal, station::Station, strict_json};

/// Claims that a key proof may have.
const KNOWN: [&str; 6] = ["iss", "aud", "iat", "nonce", "exp", "nbf"];

pub(super) const FAULTS: &[Fault] = &[
    accepts(
        "proof",
        "accepts-proof-missing",
        Rule::ProofPresent,
        "plain",
        "A credential request without key proofs is served, unbound",
        &["proof/refuses-missing-proof"],
    ),
    crashes(
        "proof",
        "crashes-on-proof-missing",
        Rule::ProofPresent,
        "plain",
        "A credential request without key proofs is answered with status 500",
        &["proof/refuses-missing-proof", "http/never-answers-5xx"],
    ),
    accepts(
        "proof",
        "accepts-proof-bad-signature",
        Rule::ProofSignature,
        "plain",
        "A key proof whose signature does not verify is accepted",
        &["proof/refuses-bad-signature"],
    ),
    crashes(
        "proof",
        "crashes-on-proof-bad-signature",
        Rule::ProofSignature,
        "plain",
        "A key proof whose signature does not verify is answered with status 500",
        &["proof/refuses-bad-signature", "http/never-answers-5xx"],
    ),
    accepts(
        "proof",
        "accepts-proof-wrong-typ",
        Rule::ProofTyp,
        "plain",
        "A key proof whose typ is not openid4vci-proof+jwt is accepted",
        &["proof/refuses-wrong-typ"],
    ),
    crashes(
        "proof",
        "crashes-on-proof-wrong-typ",
        Rule::ProofTyp,
        "plain",
        "A key proof whose typ is not openid4vci-proof+jwt is answered with status 500",
        &["proof/refuses-wrong-typ", "http/never-answers-5xx"],
    ),
    accepts(
        "proof",
        "accepts-proof-alg-none",
        Rule::ProofAlgNotNone,
        "plain",
        "A key proof without a signature, alg none, is accepted",
        &["proof/refuses-alg-none"],
    ),
    crashes(
        "proof",
        "crashes-on-proof-alg-none",
        Rule::ProofAlgNotNone,
        "plain",
        "A key proof without a signature, alg none, is answered with status 500",
        &["proof/refuses-alg-none", "http/never-answers-5xx"],
    ),
    accepts(
        "proof",
        "accepts-proof-symmetric-alg",
        Rule::ProofAlgAsymmetric,
        "plain",
        "A key proof under a symmetric alg is accepted",
        &["proof/refuses-symmetric-alg"],
    ),
    crashes(
        "proof",
        "crashes-on-proof-symmetric-alg",
        Rule::ProofAlgAsymmetric,
        "plain",
        "A key proof under a symmetric alg is answered with status 500",
        &["proof/refuses-symmetric-alg", "http/never-answers-5xx"],
    ),
    accepts(
        "proof",
        "accepts-proof-private-key",
        Rule::ProofKeyPublic,
        "plain",
        "A key proof with a private key in its header is accepted",
        &["proof/refuses-private-key"],
    ),
    crashes(
        "proof",
        "crashes-on-proof-private-key",
        Rule::ProofKeyPublic,
        "plain",
        "A key proof with a private key in its header is answered with status 500",
        &["proof/refuses-private-key", "http/never-answers-5xx"],
    ),
    accepts(
        "proof",
        "accepts-proof-wrong-aud",
        Rule::ProofAud,
        "plain",
        "A key proof for another audience is accepted",
        &["proof/refuses-wrong-aud"],
    ),
    crashes(
        "proof",
        "crashes-on-proof-wrong-aud",
        Rule::ProofAud,
        "plain",
        "A key proof for another audience is answered with status 500",
        &["proof/refuses-wrong-aud", "http/never-answers-5xx"],
    ),
    accepts(
        "proof",
        "accepts-proof-stale-iat",
        Rule::ProofIat,
        "plain",
        "A key proof made long ago is accepted",
        &["proof/refuses-stale-iat"],
    ),
    crashes(
        "proof",
        "crashes-on-proof-stale-iat",
        Rule::ProofIat,
        "plain",
        "A key proof made long ago is answered with status 500",
        &["proof/refuses-stale-iat", "http/never-answers-5xx"],
    ),
    accepts(
        "proof",
        "accepts-proof-missing-nonce",
        Rule::ProofNoncePresent,
        "plain",
        "A key proof without a nonce is accepted",
        &["proof/refuses-missing-nonce"],
    ),
    crashes(
        "proof",
        "crashes-on-proof-missing-nonce",
        Rule::ProofNoncePresent,
        "plain",
        "A key proof without a nonce is answered with status 500",
        &["proof/refuses-missing-nonce", "http/never-answers-5xx"],
    ),
    accepts(
        "proof",
        "accepts-proof-unknown-nonce",
        Rule::ProofNonceKnown,
        "plain",
        "A key proof with a nonce it never handed out is accepted",
        &["proof/refuses-unknown-nonce"],
    ),
    crashes(
        "proof",
        "crashes-on-proof-unknown-nonce",
        Rule::ProofNonceKnown,
        "plain",
        "A key proof with a nonce it never handed out is answered with status 500",
        &["proof/refuses-unknown-nonce", "http/never-answers-5xx"],
    ),
    accepts(
        "proof",
        "accepts-proof-two-keys",
        Rule::ProofOneKey,
        "plain",
        "A key proof that names its key in two ways is accepted",
        &["proof/refuses-two-keys"],
    ),
    crashes(
        "proof",
        "crashes-on-proof-two-keys",
        Rule::ProofOneKey,
        "plain",
        "A key proof that names its key in two ways is answered with status 500",
        &["proof/refuses-two-keys", "http/never-answers-5xx"],
    ),
    Fault {
        name: "bad-nonce-is-invalid-proof",
        station: "proof",
        stage: Stage::Rule(
            Rule::ProofNonceKnown,
            Lapse::Answers {
                status: 400,
                code: "invalid_proof",
            },
        ),
        config: "plain",
        says: "An unknown nonce is refused as invalid_proof",
        caught_by: &["proof/refuses-unknown-nonce"],
    },
    Fault {
        name: "refuses-proof-unknown-member",
        station: "proof",
        stage: Stage::Request(&[Station::Credential], refuse_unknown),
        config: "plain",
        says: "A key proof with an unknown claim is refused",
        caught_by: &["proof/ignores-unknown-members"],
    },
];

fn refuse_unknown(incoming: &Incoming) -> Option<Refusal> {
    let body = strict_json::read_object(&incoming.body)?;
    let proofs = body.get("proofs")?.get("jwt")?.as_array()?;
    proofs
        .iter()
        .filter_map(Value::as_str)
        .filter_map(Jws::read)
        .any(|proof| {
            proof
                .payload
                .keys()
                .any(|name| !KNOWN.contains(&name.as_str()))
        })
        .then(|| Refusal::bad_request("invalid_proof", "a claim of the proof is unknown"))
}
