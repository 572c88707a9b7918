//! Faults of the key proof.

use serde_json::Value;

use super::{Fault, Lapse, Rule, Stage};
use crate::{incoming::Incoming, jws::Jws, refusal::Refusal, station::Station, strict_json};

/// Claims that a key proof may have.
const KNOWN: [&str; 6] = ["iss", "aud", "iat", "nonce", "exp", "nbf"];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "accepts-proof-missing",
        station: "proof",
        stage: Stage::Rule(Rule::ProofPresent, Lapse::Accepts),
        config: "plain",
        says: "A credential request without key proofs is served, unbound",
        caught_by: &["proof/refuses-missing-proof"],
    },
    Fault {
        name: "crashes-on-proof-missing",
        station: "proof",
        stage: Stage::Rule(Rule::ProofPresent, Lapse::Crashes),
        config: "plain",
        says: "A credential request without key proofs is answered with status 500",
        caught_by: &["proof/refuses-missing-proof", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-bad-signature",
        station: "proof",
        stage: Stage::Rule(Rule::ProofSignature, Lapse::Accepts),
        config: "plain",
        says: "A key proof whose signature does not verify is accepted",
        caught_by: &["proof/refuses-bad-signature", "proof/refuses-malformed-keys"],
    },
    Fault {
        name: "crashes-on-proof-bad-signature",
        station: "proof",
        stage: Stage::Rule(Rule::ProofSignature, Lapse::Crashes),
        config: "plain",
        says: "A key proof whose signature does not verify is answered with status 500",
        caught_by: &[
            "proof/refuses-bad-signature",
            "proof/refuses-malformed-keys",
            "http/never-answers-5xx",
        ],
    },
    Fault {
        name: "accepts-proof-wrong-typ",
        station: "proof",
        stage: Stage::Rule(Rule::ProofTyp, Lapse::Accepts),
        config: "plain",
        says: "A key proof whose typ is not openid4vci-proof+jwt is accepted",
        caught_by: &["proof/refuses-wrong-typ"],
    },
    Fault {
        name: "crashes-on-proof-wrong-typ",
        station: "proof",
        stage: Stage::Rule(Rule::ProofTyp, Lapse::Crashes),
        config: "plain",
        says: "A key proof whose typ is not openid4vci-proof+jwt is answered with status 500",
        caught_by: &["proof/refuses-wrong-typ", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-alg-none",
        station: "proof",
        stage: Stage::Rule(Rule::ProofAlgNotNone, Lapse::Accepts),
        config: "plain",
        says: "A key proof without a signature, alg none, is accepted",
        caught_by: &["proof/refuses-alg-none"],
    },
    Fault {
        name: "crashes-on-proof-alg-none",
        station: "proof",
        stage: Stage::Rule(Rule::ProofAlgNotNone, Lapse::Crashes),
        config: "plain",
        says: "A key proof without a signature, alg none, is answered with status 500",
        caught_by: &["proof/refuses-alg-none", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-symmetric-alg",
        station: "proof",
        stage: Stage::Rule(Rule::ProofAlgAsymmetric, Lapse::Accepts),
        config: "plain",
        says: "A key proof under a symmetric alg is accepted",
        caught_by: &["proof/refuses-symmetric-alg"],
    },
    Fault {
        name: "crashes-on-proof-symmetric-alg",
        station: "proof",
        stage: Stage::Rule(Rule::ProofAlgAsymmetric, Lapse::Crashes),
        config: "plain",
        says: "A key proof under a symmetric alg is answered with status 500",
        caught_by: &["proof/refuses-symmetric-alg", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-private-key",
        station: "proof",
        stage: Stage::Rule(Rule::ProofKeyPublic, Lapse::Accepts),
        config: "plain",
        says: "A key proof with a private key in its header is accepted",
        caught_by: &["proof/refuses-private-key"],
    },
    Fault {
        name: "crashes-on-proof-private-key",
        station: "proof",
        stage: Stage::Rule(Rule::ProofKeyPublic, Lapse::Crashes),
        config: "plain",
        says: "A key proof with a private key in its header is answered with status 500",
        caught_by: &["proof/refuses-private-key", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-wrong-aud",
        station: "proof",
        stage: Stage::Rule(Rule::ProofAud, Lapse::Accepts),
        config: "plain",
        says: "A key proof for another audience is accepted",
        caught_by: &["proof/refuses-wrong-aud"],
    },
    Fault {
        name: "crashes-on-proof-wrong-aud",
        station: "proof",
        stage: Stage::Rule(Rule::ProofAud, Lapse::Crashes),
        config: "plain",
        says: "A key proof for another audience is answered with status 500",
        caught_by: &["proof/refuses-wrong-aud", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-stale-iat",
        station: "proof",
        stage: Stage::Rule(Rule::ProofIat, Lapse::Accepts),
        config: "plain",
        says: "A key proof made long ago is accepted",
        caught_by: &["proof/refuses-stale-iat"],
    },
    Fault {
        name: "crashes-on-proof-stale-iat",
        station: "proof",
        stage: Stage::Rule(Rule::ProofIat, Lapse::Crashes),
        config: "plain",
        says: "A key proof made long ago is answered with status 500",
        caught_by: &["proof/refuses-stale-iat", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-missing-nonce",
        station: "proof",
        stage: Stage::Rule(Rule::ProofNoncePresent, Lapse::Accepts),
        config: "plain",
        says: "A key proof without a nonce is accepted",
        caught_by: &["proof/refuses-missing-nonce"],
    },
    Fault {
        name: "crashes-on-proof-missing-nonce",
        station: "proof",
        stage: Stage::Rule(Rule::ProofNoncePresent, Lapse::Crashes),
        config: "plain",
        says: "A key proof without a nonce is answered with status 500",
        caught_by: &["proof/refuses-missing-nonce", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-unknown-nonce",
        station: "proof",
        stage: Stage::Rule(Rule::ProofNonceKnown, Lapse::Accepts),
        config: "plain",
        says: "A key proof with a nonce it never handed out is accepted",
        caught_by: &["proof/refuses-unknown-nonce"],
    },
    Fault {
        name: "crashes-on-proof-unknown-nonce",
        station: "proof",
        stage: Stage::Rule(Rule::ProofNonceKnown, Lapse::Crashes),
        config: "plain",
        says: "A key proof with a nonce it never handed out is answered with status 500",
        caught_by: &["proof/refuses-unknown-nonce", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-two-keys",
        station: "proof",
        stage: Stage::Rule(Rule::ProofOneKey, Lapse::Accepts),
        config: "plain",
        says: "A key proof that names its key in two ways is accepted",
        caught_by: &["proof/refuses-two-keys"],
    },
    Fault {
        name: "crashes-on-proof-two-keys",
        station: "proof",
        stage: Stage::Rule(Rule::ProofOneKey, Lapse::Crashes),
        config: "plain",
        says: "A key proof that names its key in two ways is answered with status 500",
        caught_by: &["proof/refuses-two-keys", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-chain-out-of-order",
        station: "proof",
        stage: Stage::Rule(Rule::ProofLeafFirst, Lapse::Accepts),
        config: "plain",
        says: "A key proof by any key in its chain of certificates is accepted",
        caught_by: &["proof/refuses-chains-out-of-order"],
    },
    Fault {
        name: "crashes-on-proof-chain-out-of-order",
        station: "proof",
        stage: Stage::Rule(Rule::ProofLeafFirst, Lapse::Crashes),
        config: "plain",
        says: "A key proof by another key than that of its first certificate is answered with status 500",
        caught_by: &["proof/refuses-chains-out-of-order", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-by-unlisted-did",
        station: "proof",
        stage: Stage::Rule(Rule::ProofDidMethod, Lapse::Accepts),
        config: "dids-only",
        says: "A key proof by a DID of a method that the metadata do not list is accepted",
        caught_by: &["proof/refuses-unlisted-did-methods"],
    },
    Fault {
        name: "crashes-on-proof-by-unlisted-did",
        station: "proof",
        stage: Stage::Rule(Rule::ProofDidMethod, Lapse::Crashes),
        config: "dids-only",
        says: "A key proof by a DID of a method that the metadata do not list is answered with status 500",
        caught_by: &["proof/refuses-unlisted-did-methods", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-by-unlisted-jwk",
        station: "proof",
        stage: Stage::Rule(Rule::ProofKeyForm, Lapse::Accepts),
        config: "dids-only",
        says: "A key proof by a bare key is accepted though only a DID method is listed",
        caught_by: &["proof/refuses-unlisted-key-forms"],
    },
    Fault {
        name: "crashes-on-proof-by-unlisted-jwk",
        station: "proof",
        stage: Stage::Rule(Rule::ProofKeyForm, Lapse::Crashes),
        config: "dids-only",
        says: "A key proof by a bare key is answered with status 500 where only a DID method is listed",
        caught_by: &[
            "proof/refuses-unlisted-key-forms",
            "proof/refuses-chains-out-of-order",
            "http/never-answers-5xx",
        ],
    },
    Fault {
        name: "demands-a-proof-of-nothing",
        station: "proof",
        stage: Stage::Request(&[Station::Credential], refuse_bare),
        config: "dids-only",
        says: "A credential that is bound to no key is refused to whoever proves none",
        caught_by: &["proof/is-asked-for-where-listed"],
    },
    Fault {
        name: "demands-a-nonce-nobody-gives",
        station: "proof",
        stage: Stage::Request(&[Station::Credential], refuse_without_nonce),
        config: "dids-only",
        says: "A key proof without nonce is refused, and there is no nonce endpoint",
        caught_by: &[
            "proof/needs-no-nonce-without-an-endpoint",
            "credential/refuses-missing-token",
            "credential/refuses-invalid-token",
        ],
    },
    Fault {
        name: "accepts-proof-foreign-iss",
        station: "proof",
        stage: Stage::Rule(Rule::ProofIss, Lapse::Accepts),
        config: "plain",
        says: "A key proof of another client is accepted",
        caught_by: &["proof/refuses-a-foreign-iss"],
    },
    Fault {
        name: "crashes-on-proof-foreign-iss",
        station: "proof",
        stage: Stage::Rule(Rule::ProofIss, Lapse::Crashes),
        config: "plain",
        says: "A key proof of another client is answered with status 500",
        caught_by: &["proof/refuses-a-foreign-iss", "http/never-answers-5xx"],
    },
    Fault {
        name: "bad-nonce-is-invalid-proof",
        station: "proof",
        stage: Stage::Rule(
            Rule::ProofNonceKnown,
            Lapse::Answers { status: 400, code: "invalid_proof" },
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
    Fault {
        name: "accepts-proof-by-unlisted-alg",
        station: "proof",
        stage: Stage::Rule(Rule::ProofAlgListed, Lapse::Accepts),
        config: "plain",
        says: "A key proof by an algorithm that the metadata do not list is accepted",
        caught_by: &["proof/refuses-unlisted-algorithms"],
    },
    Fault {
        name: "crashes-on-proof-by-unlisted-alg",
        station: "proof",
        stage: Stage::Rule(Rule::ProofAlgListed, Lapse::Crashes),
        config: "plain",
        says: "A key proof by an algorithm that the metadata do not list is answered with status 500",
        caught_by: &["proof/refuses-unlisted-algorithms", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-unlisted-type",
        station: "proof",
        stage: Stage::Rule(Rule::ProofTypeListed, Lapse::Accepts),
        config: "plain",
        says: "A credential request with proofs of an unknown type only is accepted",
        caught_by: &["proof/refuses-unlisted-types"],
    },
    Fault {
        name: "crashes-on-proof-unlisted-type",
        station: "proof",
        stage: Stage::Rule(Rule::ProofTypeListed, Lapse::Crashes),
        config: "plain",
        says: "A credential request with proofs of an unknown type only is answered with status 500",
        caught_by: &["proof/refuses-unlisted-types", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-empty-proofs",
        station: "proof",
        stage: Stage::Rule(Rule::ProofsNotEmpty, Lapse::Accepts),
        config: "plain",
        says: "A credential request with an empty array of proofs is accepted",
        caught_by: &["proof/refuses-empty-proofs"],
    },
    Fault {
        name: "crashes-on-empty-proofs",
        station: "proof",
        stage: Stage::Rule(Rule::ProofsNotEmpty, Lapse::Crashes),
        config: "plain",
        says: "A credential request with an empty array of proofs is answered with status 500",
        caught_by: &["proof/refuses-empty-proofs", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-aud-array",
        station: "proof",
        stage: Stage::Rule(Rule::ProofAudText, Lapse::Accepts),
        config: "plain",
        says: "A key proof with an array as aud is accepted",
        caught_by: &["proof/refuses-several-audiences"],
    },
    Fault {
        name: "crashes-on-proof-aud-array",
        station: "proof",
        stage: Stage::Rule(Rule::ProofAudText, Lapse::Crashes),
        config: "plain",
        says: "A key proof with an array as aud is answered with status 500",
        caught_by: &["proof/refuses-several-audiences", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-nonce-array",
        station: "proof",
        stage: Stage::Rule(Rule::ProofNonceText, Lapse::Accepts),
        config: "plain",
        says: "A key proof with an array as nonce is accepted",
        caught_by: &["proof/refuses-nonces-that-are-no-text"],
    },
    Fault {
        name: "crashes-on-proof-nonce-array",
        station: "proof",
        stage: Stage::Rule(Rule::ProofNonceText, Lapse::Crashes),
        config: "plain",
        says: "A key proof with an array as nonce is answered with status 500",
        caught_by: &["proof/refuses-nonces-that-are-no-text", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-critical-header",
        station: "proof",
        stage: Stage::Rule(Rule::ProofNotCritical, Lapse::Accepts),
        config: "plain",
        says: "A key proof with an unknown critical header is accepted",
        caught_by: &["proof/refuses-critical-headers"],
    },
    Fault {
        name: "crashes-on-proof-critical-header",
        station: "proof",
        stage: Stage::Rule(Rule::ProofNotCritical, Lapse::Crashes),
        config: "plain",
        says: "A key proof with an unknown critical header is answered with status 500",
        caught_by: &["proof/refuses-critical-headers", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-proof-expired",
        station: "proof",
        stage: Stage::Rule(Rule::ProofUnexpired, Lapse::Accepts),
        config: "plain",
        says: "A key proof that has expired is accepted",
        caught_by: &["proof/refuses-expired-proofs"],
    },
    Fault {
        name: "crashes-on-proof-expired",
        station: "proof",
        stage: Stage::Rule(Rule::ProofUnexpired, Lapse::Crashes),
        config: "plain",
        says: "A key proof that has expired is answered with status 500",
        caught_by: &["proof/refuses-expired-proofs", "http/never-answers-5xx"],
    },
    Fault {
        name: "refuses-proof-by-es384",
        station: "proof",
        stage: Stage::Request(&[Station::Credential], refuse_es384),
        config: "algorithms",
        says: "A key proof by ES384, which the metadata list, is refused",
        caught_by: &["proof/accepts-announced-algorithms"],
    },
    Fault {
        name: "crashes-on-proof-by-eddsa",
        station: "proof",
        stage: Stage::Request(&[Station::Credential], crash_on_eddsa),
        config: "algorithms",
        says: "A key proof by EdDSA, which the metadata list, is answered with status 500",
        caught_by: &["proof/accepts-announced-algorithms", "http/never-answers-5xx"],
    },
    Fault {
        name: "verifies-es256-proofs-only",
        station: "proof",
        stage: Stage::Rule(Rule::ProofSignatureFurther, Lapse::Accepts),
        config: "algorithms",
        says: "A key proof by another algorithm than ES256 is accepted whatever its signature",
        caught_by: &["proof/refuses-bad-signature"],
    },
    Fault {
        name: "accepts-dpop-nonce-in-proof",
        station: "proof",
        stage: Stage::Rule(Rule::ProofNonceNotDpop, Lapse::Accepts),
        config: "default",
        says: "A key proof with a DPoP nonce is served",
        caught_by: &["proof/refuses-a-dpop-nonce"],
    },
    Fault {
        name: "crashes-on-dpop-nonce-in-proof",
        station: "proof",
        stage: Stage::Rule(Rule::ProofNonceNotDpop, Lapse::Crashes),
        config: "default",
        says: "A key proof with a DPoP nonce is answered with status 500",
        caught_by: &["proof/refuses-a-dpop-nonce", "http/never-answers-5xx"],
    },
];

fn refuse_unknown(incoming: &Incoming) -> Option<Refusal> {
    has(incoming, |proof| proof.payload.keys().any(|name| !KNOWN.contains(&name.as_str())))
        .then(|| Refusal::bad_request("invalid_proof", "a claim of the proof is unknown"))
}

fn refuse_bare(incoming: &Incoming) -> Option<Refusal> {
    let body = strict_json::read_object(&incoming.body)?;
    let is_bare = incoming.header("authorization").next().is_some() && !body.contains_key("proofs");
    is_bare.then(|| Refusal::bad_request("invalid_proof", "proofs are missing"))
}

fn refuse_without_nonce(incoming: &Incoming) -> Option<Refusal> {
    has(incoming, |proof| !proof.payload.contains_key("nonce"))
        .then(|| Refusal::bad_request("invalid_nonce", "the proof has no nonce"))
}

fn refuse_es384(incoming: &Incoming) -> Option<Refusal> {
    has(incoming, |proof| proof.header_text("alg") == Some("ES384"))
        .then(|| Refusal::bad_request("invalid_proof", "the alg of the proof is not supported"))
}

fn crash_on_eddsa(incoming: &Incoming) -> Option<Refusal> {
    has(incoming, |proof| proof.header_text("alg") == Some("EdDSA")).then(Refusal::crash)
}

/// Whether a request has such a key proof.
fn has(incoming: &Incoming, is_such: impl Fn(&Jws) -> bool) -> bool {
    let body = strict_json::read_object(&incoming.body);
    let proofs = body.as_ref().and_then(|body| body.get("proofs")?.get("jwt")?.as_array());
    let proofs = proofs.into_iter().flatten().filter_map(Value::as_str).filter_map(Jws::read);
    proofs.into_iter().any(|proof| is_such(&proof))
}
