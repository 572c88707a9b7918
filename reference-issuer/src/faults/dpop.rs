//! Faults of DPoP at either server.

use axum::http::{HeaderValue, StatusCode};
use serde_json::json;

use super::{Fault, Rule, Stage, accepts, crashes};
use crate::{
    answer::Answer,
    incoming::Incoming,
    jws::Jws,
    refusal::{Refusal, Scheme},
    station::Station,
};

const SERVERS: &[Station] = &[Station::Token, Station::Credential];

/// Claims that a DPoP proof may have.
const KNOWN: [&str; 6] = ["jti", "htm", "htu", "iat", "ath", "nonce"];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "dpop-token-called-bearer",
        station: "dpop",
        stage: Stage::Wire(&[Station::Token], call_bearer),
        config: "dpop-required",
        says: "A token bound to a key is called a bearer token",
        caught_by: &["dpop/binds-the-token"],
    },
    accepts(
        "dpop",
        "accepts-dpop-wrong-typ",
        Rule::DpopTyp,
        "dpop-required",
        "A DPoP proof whose typ is not dpop+jwt is accepted, at the token and the credential endpoint",
        &["dpop/refuses-wrong-typ"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-wrong-typ",
        Rule::DpopTyp,
        "dpop-required",
        "A DPoP proof whose typ is not dpop+jwt is answered with status 500, at the token and the credential endpoint",
        &["dpop/refuses-wrong-typ", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-alg-none",
        Rule::DpopAlgNotNone,
        "dpop-required",
        "A DPoP proof without a signature, alg none, is accepted, at the token and the credential endpoint",
        &["dpop/refuses-alg-none"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-alg-none",
        Rule::DpopAlgNotNone,
        "dpop-required",
        "A DPoP proof without a signature, alg none, is answered with status 500, at the token and the credential endpoint",
        &["dpop/refuses-alg-none", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-private-key",
        Rule::DpopKeyPublic,
        "dpop-required",
        "A DPoP proof with a private key in its header is accepted, at the token and the credential endpoint",
        &["dpop/refuses-private-key"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-private-key",
        Rule::DpopKeyPublic,
        "dpop-required",
        "A DPoP proof with a private key in its header is answered with status 500, at the token and the credential endpoint",
        &["dpop/refuses-private-key", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-bad-signature",
        Rule::DpopSignature,
        "dpop-required",
        "A DPoP proof whose signature does not verify is accepted, at the token and the credential endpoint",
        &["dpop/refuses-bad-signature"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-bad-signature",
        Rule::DpopSignature,
        "dpop-required",
        "A DPoP proof whose signature does not verify is answered with status 500, at the token and the credential endpoint",
        &["dpop/refuses-bad-signature", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-missing-jti",
        Rule::DpopJti,
        "dpop-required",
        "A DPoP proof without a jti is accepted, at the token and the credential endpoint",
        &["dpop/refuses-missing-jti"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-missing-jti",
        Rule::DpopJti,
        "dpop-required",
        "A DPoP proof without a jti is answered with status 500, at the token and the credential endpoint",
        &["dpop/refuses-missing-jti", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-wrong-htm",
        Rule::DpopHtm,
        "dpop-required",
        "A DPoP proof for another method is accepted, at the token and the credential endpoint",
        &["dpop/refuses-wrong-htm"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-wrong-htm",
        Rule::DpopHtm,
        "dpop-required",
        "A DPoP proof for another method is answered with status 500, at the token and the credential endpoint",
        &["dpop/refuses-wrong-htm", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-wrong-htu",
        Rule::DpopHtu,
        "dpop-required",
        "A DPoP proof for another URI is accepted, at the token and the credential endpoint",
        &["dpop/refuses-wrong-htu"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-wrong-htu",
        Rule::DpopHtu,
        "dpop-required",
        "A DPoP proof for another URI is answered with status 500, at the token and the credential endpoint",
        &["dpop/refuses-wrong-htu", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-stale-iat",
        Rule::DpopIat,
        "dpop-required",
        "A DPoP proof made long ago is accepted, at the token and the credential endpoint",
        &["dpop/refuses-stale-iat"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-stale-iat",
        Rule::DpopIat,
        "dpop-required",
        "A DPoP proof made long ago is answered with status 500, at the token and the credential endpoint",
        &["dpop/refuses-stale-iat", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-replayed-jti",
        Rule::DpopUnreplayed,
        "dpop-required",
        "A DPoP proof seen before is accepted, at the token and the credential endpoint",
        &["dpop/refuses-replayed-jti"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-replayed-jti",
        Rule::DpopUnreplayed,
        "dpop-required",
        "A DPoP proof seen before is answered with status 500, at the token and the credential endpoint",
        &["dpop/refuses-replayed-jti", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-made-up-nonce",
        Rule::DpopNonceKnown,
        "default",
        "A DPoP proof with a nonce it never handed out is accepted, at the token and the credential endpoint",
        &["dpop/refuses-made-up-nonce"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-made-up-nonce",
        Rule::DpopNonceKnown,
        "default",
        "A DPoP proof with a nonce it never handed out is answered with status 500, at the token and the credential endpoint",
        &["dpop/refuses-made-up-nonce", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-missing",
        Rule::DpopPresent,
        "dpop-required",
        "A request that needs a DPoP proof is served without one, at the token and the credential endpoint",
        &["dpop/refuses-missing-proof"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-missing",
        Rule::DpopPresent,
        "dpop-required",
        "A request without the DPoP proof it needs is answered with status 500, at the token and the credential endpoint",
        &["dpop/refuses-missing-proof", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-missing-ath",
        Rule::DpopAthPresent,
        "dpop-required",
        "A DPoP proof without an ath is accepted at the credential endpoint",
        &["dpop/refuses-missing-ath"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-missing-ath",
        Rule::DpopAthPresent,
        "dpop-required",
        "A DPoP proof without an ath is answered with status 500 at the credential endpoint",
        &["dpop/refuses-missing-ath", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-wrong-ath",
        Rule::DpopAthRight,
        "dpop-required",
        "A DPoP proof for another access token is accepted at the credential endpoint",
        &["dpop/refuses-wrong-ath"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-wrong-ath",
        Rule::DpopAthRight,
        "dpop-required",
        "A DPoP proof for another access token is answered with status 500 at the credential endpoint",
        &["dpop/refuses-wrong-ath", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-another-key",
        Rule::DpopKeyBound,
        "dpop-required",
        "A bound access token is accepted under another key at the credential endpoint",
        &["dpop/refuses-another-key"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-another-key",
        Rule::DpopKeyBound,
        "dpop-required",
        "A bound access token under another key is answered with status 500 at the credential endpoint",
        &["dpop/refuses-another-key", "http/never-answers-5xx"],
    ),
    accepts(
        "dpop",
        "accepts-dpop-bearer-downgrade",
        Rule::DpopScheme,
        "dpop-required",
        "A bound access token is accepted as a bearer token",
        &["dpop/refuses-bearer-downgrade"],
    ),
    crashes(
        "dpop",
        "crashes-on-dpop-bearer-downgrade",
        Rule::DpopScheme,
        "dpop-required",
        "A bound access token sent as a bearer token is answered with status 500",
        &["dpop/refuses-bearer-downgrade", "http/never-answers-5xx"],
    ),
    Fault {
        name: "dpop-challenge-without-nonce",
        station: "dpop",
        stage: Stage::Wire(&[Station::Token], |answer| {
            answer.headers.remove("dpop-nonce");
        }),
        config: "default",
        says: "The challenge for a DPoP nonce at the token endpoint does not hand one out",
        caught_by: &["dpop/challenges-for-a-nonce"],
    },
    Fault {
        name: "dpop-two-nonces",
        station: "dpop",
        stage: Stage::Wire(SERVERS, double_nonce),
        config: "default",
        says: "DPoP nonces are handed out twice in one answer",
        caught_by: &["dpop/sends-one-nonce"],
    },
    Fault {
        name: "refuses-dpop-unknown-member",
        station: "dpop",
        stage: Stage::Request(SERVERS, refuse_unknown),
        config: "dpop-required",
        says: "A DPoP proof with an unknown claim is refused",
        caught_by: &["dpop/ignores-unknown-members"],
    },
];

fn call_bearer(answer: &mut Answer) {
    if answer.status == StatusCode::OK
        && let Some(body) = answer.object()
    {
        body.insert("token_type".to_owned(), json!("Bearer"));
    }
}

fn double_nonce(answer: &mut Answer) {
    let nonce: Option<HeaderValue> = answer.headers.get("dpop-nonce").cloned();
    if let Some(nonce) = nonce {
        answer.headers.append("dpop-nonce", nonce);
    }
}

fn refuse_unknown(incoming: &Incoming) -> Option<Refusal> {
    let proof = Jws::read(incoming.header("dpop").next()?)?;
    if proof
        .payload
        .keys()
        .all(|name| KNOWN.contains(&name.as_str()))
    {
        return None;
    }
    let code = "invalid_dpop_proof";
    Some(match incoming.station {
        Station::Token => Refusal::bad_request(code, "a claim of the DPoP proof is unknown"),
        _ => Refusal::challenge(StatusCode::UNAUTHORIZED, Scheme::Dpop, code),
    })
}
