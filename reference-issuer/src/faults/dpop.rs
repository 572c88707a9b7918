//! Faults of DPoP at either server.

use axum::http::{HeaderValue, StatusCode, header};
use serde_json::json;

use super::{Fault, Lapse, Rule, Stage};
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
    Fault {
        name: "accepts-dpop-by-unlisted-alg",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopAlgListed, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP proof by an algorithm that the metadata do not list is accepted",
        caught_by: &["dpop/refuses-unlisted-algorithms"],
    },
    Fault {
        name: "crashes-on-dpop-by-unlisted-alg",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopAlgListed, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP proof by an algorithm that the metadata do not list is answered with status 500",
        caught_by: &["dpop/refuses-unlisted-algorithms", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-malformed",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopReadable, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP header that is no JWT is accepted",
        caught_by: &["dpop/refuses-malformed-proofs"],
    },
    Fault {
        name: "crashes-on-dpop-malformed",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopReadable, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP header that is no JWT is answered with status 500",
        caught_by: &["dpop/refuses-malformed-proofs", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-missing-jwk",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopKeyNamed, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP proof without a key is accepted",
        caught_by: &["dpop/refuses-missing-key"],
    },
    Fault {
        name: "crashes-on-dpop-missing-jwk",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopKeyNamed, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP proof without a key is answered with status 500",
        caught_by: &["dpop/refuses-missing-key", "http/never-answers-5xx"],
    },
    Fault {
        name: "refuses-dpop-by-es384",
        station: "dpop",
        stage: Stage::Request(&[Station::Token], refuse_es384),
        config: "algorithms",
        says: "A DPoP proof by ES384, which the metadata list, is refused at the token endpoint",
        caught_by: &["dpop/accepts-announced-algorithms"],
    },
    Fault {
        name: "crashes-on-dpop-by-eddsa",
        station: "dpop",
        stage: Stage::Request(&[Station::Credential], crash_on_eddsa),
        config: "algorithms",
        says: "A DPoP proof by EdDSA, which the metadata list, is answered with status 500 at the credential \
               endpoint",
        caught_by: &["dpop/accepts-announced-algorithms", "http/never-answers-5xx"],
    },
    Fault {
        name: "verifies-es256-dpop-only",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopSignatureFurther, Lapse::Accepts),
        config: "algorithms",
        says: "A DPoP proof by another algorithm than ES256 is accepted whatever its signature",
        caught_by: &["dpop/refuses-bad-signature"],
    },
    Fault {
        name: "accepts-dpop-wrong-typ",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopTyp, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP proof whose typ is not dpop+jwt is accepted, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-wrong-typ"],
    },
    Fault {
        name: "crashes-on-dpop-wrong-typ",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopTyp, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP proof whose typ is not dpop+jwt is answered with status 500, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-wrong-typ", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-alg-none",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopAlgNotNone, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP proof without a signature, alg none, is accepted, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-alg-none"],
    },
    Fault {
        name: "crashes-on-dpop-alg-none",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopAlgNotNone, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP proof without a signature, alg none, is answered with status 500, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-alg-none", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-private-key",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopKeyPublic, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP proof with a private key in its header is accepted, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-private-key"],
    },
    Fault {
        name: "crashes-on-dpop-private-key",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopKeyPublic, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP proof with a private key in its header is answered with status 500, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-private-key", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-bad-signature",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopSignature, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP proof whose signature does not verify is accepted, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-bad-signature"],
    },
    Fault {
        name: "crashes-on-dpop-bad-signature",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopSignature, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP proof whose signature does not verify is answered with status 500, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-bad-signature", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-missing-jti",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopJti, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP proof without a jti is accepted, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-missing-jti"],
    },
    Fault {
        name: "crashes-on-dpop-missing-jti",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopJti, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP proof without a jti is answered with status 500, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-missing-jti", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-wrong-htm",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopHtm, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP proof for another method is accepted, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-wrong-htm"],
    },
    Fault {
        name: "crashes-on-dpop-wrong-htm",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopHtm, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP proof for another method is answered with status 500, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-wrong-htm", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-wrong-htu",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopHtu, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP proof for another URI is accepted, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-wrong-htu"],
    },
    Fault {
        name: "crashes-on-dpop-wrong-htu",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopHtu, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP proof for another URI is answered with status 500, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-wrong-htu", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-stale-iat",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopIat, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP proof made long ago is accepted, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-stale-iat"],
    },
    Fault {
        name: "crashes-on-dpop-stale-iat",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopIat, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP proof made long ago is answered with status 500, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-stale-iat", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-replayed-jti",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopUnreplayed, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP proof seen before is accepted, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-replayed-jti"],
    },
    Fault {
        name: "crashes-on-dpop-replayed-jti",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopUnreplayed, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP proof seen before is answered with status 500, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-replayed-jti", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-made-up-nonce",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopNonceKnown, Lapse::Accepts),
        config: "default",
        says: "A DPoP proof with a nonce it never handed out is accepted, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-made-up-nonce"],
    },
    Fault {
        name: "crashes-on-dpop-made-up-nonce",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopNonceKnown, Lapse::Crashes),
        config: "default",
        says: "A DPoP proof with a nonce it never handed out is answered with status 500, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-made-up-nonce", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-missing",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopPresent, Lapse::Accepts),
        config: "dpop-required",
        says: "A request that needs a DPoP proof is served without one, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-missing-proof"],
    },
    Fault {
        name: "crashes-on-dpop-missing",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopPresent, Lapse::Crashes),
        config: "dpop-required",
        says: "A request without the DPoP proof it needs is answered with status 500, at the token and the credential endpoint",
        caught_by: &["dpop/refuses-missing-proof", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-missing-ath",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopAthPresent, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP proof without an ath is accepted at the credential endpoint",
        caught_by: &["dpop/refuses-missing-ath"],
    },
    Fault {
        name: "crashes-on-dpop-missing-ath",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopAthPresent, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP proof without an ath is answered with status 500 at the credential endpoint",
        caught_by: &["dpop/refuses-missing-ath", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-wrong-ath",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopAthRight, Lapse::Accepts),
        config: "dpop-required",
        says: "A DPoP proof for another access token is accepted at the credential endpoint",
        caught_by: &["dpop/refuses-wrong-ath"],
    },
    Fault {
        name: "crashes-on-dpop-wrong-ath",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopAthRight, Lapse::Crashes),
        config: "dpop-required",
        says: "A DPoP proof for another access token is answered with status 500 at the credential endpoint",
        caught_by: &["dpop/refuses-wrong-ath", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-another-key",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopKeyBound, Lapse::Accepts),
        config: "dpop-required",
        says: "A bound access token is accepted under another key at the credential endpoint",
        caught_by: &["dpop/refuses-another-key"],
    },
    Fault {
        name: "crashes-on-dpop-another-key",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopKeyBound, Lapse::Crashes),
        config: "dpop-required",
        says: "A bound access token under another key is answered with status 500 at the credential endpoint",
        caught_by: &["dpop/refuses-another-key", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-bearer-downgrade",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopScheme, Lapse::Accepts),
        config: "dpop-required",
        says: "A bound access token is accepted as a bearer token",
        caught_by: &["dpop/refuses-bearer-downgrade"],
    },
    Fault {
        name: "crashes-on-dpop-bearer-downgrade",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopScheme, Lapse::Crashes),
        config: "dpop-required",
        says: "A bound access token sent as a bearer token is answered with status 500",
        caught_by: &["dpop/refuses-bearer-downgrade", "http/never-answers-5xx"],
    },
    Fault {
        name: "dpop-challenge-without-nonce",
        station: "dpop",
        stage: Stage::Wire(&[Station::Credential], |answer| {
            answer.headers.remove("dpop-nonce");
        }),
        config: "default",
        says: "The challenge for a DPoP nonce at the credential endpoint does not hand one out",
        caught_by: &["dpop/challenges-for-a-nonce"],
    },
    Fault {
        name: "dpop-challenge-without-algorithms",
        station: "dpop",
        stage: Stage::Wire(&[Station::Credential], name_no_algorithms),
        config: "dpop-required",
        says: "DPoP challenges of the credential endpoint do not list algs",
        caught_by: &["dpop/challenges-name-algorithms"],
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
    Fault {
        name: "accepts-dpop-doubled",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopSingle, Lapse::Accepts),
        config: "dpop-required",
        says: "A request with two DPoP header fields is accepted",
        caught_by: &["dpop/refuses-doubled-proofs"],
    },
    Fault {
        name: "crashes-on-dpop-doubled",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopSingle, Lapse::Crashes),
        config: "dpop-required",
        says: "A request with two DPoP header fields is answered with status 500",
        caught_by: &["dpop/refuses-doubled-proofs", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-nonce-of-the-other-server",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopNonceOwn, Lapse::Accepts),
        config: "tls",
        says: "A DPoP proof with a nonce of the other server is accepted",
        caught_by: &["dpop/refuses-nonces-of-the-other-server"],
    },
    Fault {
        name: "crashes-on-dpop-nonce-of-the-other-server",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopNonceOwn, Lapse::Crashes),
        config: "tls",
        says: "A DPoP proof with a nonce of the other server is answered with status 500",
        caught_by: &["dpop/refuses-nonces-of-the-other-server", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-dpop-for-bearer-token",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopTokenBound, Lapse::Accepts),
        config: "default",
        says: "A token that is bound to no key, under the scheme DPoP, is accepted",
        caught_by: &["dpop/refuses-unbound-tokens"],
    },
    Fault {
        name: "crashes-on-dpop-for-bearer-token",
        station: "dpop",
        stage: Stage::Rule(Rule::DpopTokenBound, Lapse::Crashes),
        config: "default",
        says: "A token that is bound to no key, under the scheme DPoP, is answered with status 500",
        caught_by: &["dpop/refuses-unbound-tokens", "http/never-answers-5xx"],
    },
    Fault {
        name: "refuses-dpop-htu-in-another-form",
        station: "dpop",
        stage: Stage::Request(SERVERS, refuse_another_form),
        config: "dpop-required",
        says: "A DPoP proof whose htu has capitals and a port is refused",
        caught_by: &["dpop/compares-urls-in-normal-form"],
    },
    Fault {
        name: "refuses-dpop-htu-with-query",
        station: "dpop",
        stage: Stage::Request(SERVERS, refuse_query_in_htu),
        config: "dpop-required",
        says: "A DPoP proof whose htu has a query is refused",
        caught_by: &["dpop/overlooks-a-query-in-htu"],
    },
    Fault {
        name: "refuses-dpop-without-query-of-request",
        station: "dpop",
        stage: Stage::Request(&[Station::Credential], refuse_query_in_request),
        config: "dpop-required",
        says: "A DPoP proof whose htu lacks the query of the request is refused",
        caught_by: &["dpop/overlooks-a-query-in-the-request"],
    },
    Fault {
        name: "hashes-dpop-jwk-as-it-came",
        station: "dpop",
        stage: Stage::Request(&[Station::Credential], refuse_extras),
        config: "dpop-required",
        says: "A DPoP proof whose jwk says more than the one before is taken to be by another key",
        caught_by: &["dpop/looks-at-the-key-alone"],
    },
    Fault {
        name: "dpop-nonce-beforehand-for-nothing",
        station: "dpop",
        stage: Stage::Wire(&[Station::Nonce], |answer| {
            if let Some(nonce) = answer.headers.get_mut("dpop-nonce") {
                *nonce = HeaderValue::from_static("an-earlier-key");
            }
        }),
        config: "tls",
        says: "The DPoP nonce of the nonce endpoint is not known at the credential endpoint",
        caught_by: &["dpop/takes-nonces-of-the-nonce-endpoint"],
    },
];

fn call_bearer(answer: &mut Answer) {
    if answer.status == StatusCode::OK
        && let Some(body) = answer.object()
    {
        body.insert("token_type".to_owned(), json!("Bearer"));
    }
}

fn name_no_algorithms(answer: &mut Answer) {
    let challenges: Vec<HeaderValue> =
        answer.headers.get_all(header::WWW_AUTHENTICATE).iter().cloned().collect();
    answer.headers.remove(header::WWW_AUTHENTICATE);
    for challenge in challenges {
        let text = challenge.to_str().unwrap_or_default();
        let text = text.replace("algs=\"ES256\", ", "").replace(" algs=\"ES256\"", "");
        if let Ok(challenge) = HeaderValue::try_from(text) {
            answer.headers.append(header::WWW_AUTHENTICATE, challenge);
        }
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
    let is_known = proof.payload.keys().all(|name| KNOWN.contains(&name.as_str()));
    (!is_known).then(|| invalid(incoming.station, "a claim of the DPoP proof is unknown"))
}

fn refuse_another_form(incoming: &Incoming) -> Option<Refusal> {
    let is_another = htu(incoming)?.starts_with(|first: char| first.is_ascii_uppercase());
    is_another.then(|| invalid(incoming.station, "htu is not the URI of this endpoint"))
}

fn refuse_query_in_htu(incoming: &Incoming) -> Option<Refusal> {
    let has_query = htu(incoming)?.contains('?');
    has_query.then(|| invalid(incoming.station, "htu is not the URI of this endpoint"))
}

fn refuse_query_in_request(incoming: &Incoming) -> Option<Refusal> {
    let lacks_query = incoming.has_query() && !htu(incoming)?.contains('?');
    lacks_query.then(|| invalid(incoming.station, "htu is not the URI of this request"))
}

fn refuse_extras(incoming: &Incoming) -> Option<Refusal> {
    let proof = Jws::read(incoming.header("dpop").next()?)?;
    let has_more = proof.header.get("jwk")?.get("kid").is_some();
    has_more.then(|| Refusal::challenge(StatusCode::UNAUTHORIZED, Scheme::Dpop, "invalid_token"))
}

/// The `htu` of the DPoP proof.
fn htu(incoming: &Incoming) -> Option<String> {
    let proof = Jws::read(incoming.header("dpop").next()?)?;
    proof.claim_text("htu").map(str::to_owned)
}

fn refuse_es384(incoming: &Incoming) -> Option<Refusal> {
    let is_by_es384 = algorithm(incoming)? == "ES384";
    is_by_es384.then(|| invalid(incoming.station, "the alg of the DPoP proof is not supported"))
}

fn crash_on_eddsa(incoming: &Incoming) -> Option<Refusal> {
    (algorithm(incoming)? == "EdDSA").then(Refusal::crash)
}

/// The `alg` of the DPoP proof.
fn algorithm(incoming: &Incoming) -> Option<String> {
    let proof = Jws::read(incoming.header("dpop").next()?)?;
    proof.header_text("alg").map(str::to_owned)
}

fn invalid(station: Station, why: &'static str) -> Refusal {
    let code = "invalid_dpop_proof";
    match station {
        Station::Token => Refusal::bad_request(code, why),
        _ => Refusal::challenge(StatusCode::UNAUTHORIZED, Scheme::Dpop, code),
    }
}
