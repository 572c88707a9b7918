//! Faults of the nonce endpoint.

use axum::http::header;
use serde_json::json;

use super::{Draw, Fault, Lapse, Rule, Stage};
use crate::{
    incoming::Incoming,
    refusal::{Refusal, Scheme},
    station::Station,
};

const NONCE: &[Station] = &[Station::Nonce];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "nonce-needs-token",
        station: "nonce",
        stage: Stage::Request(NONCE, demand_token),
        config: "plain",
        says: "The nonce endpoint demands an access token",
        caught_by: &["nonce/needs-no-token"],
    },
    Fault {
        name: "nonce-as-text",
        station: "nonce",
        stage: Stage::Wire(NONCE, |answer| answer.retype("text/plain")),
        config: "plain",
        says: "Nonces are served as text/plain",
        caught_by: &["nonce/answers-as-json"],
    },
    Fault {
        name: "nonce-cacheable",
        station: "nonce",
        stage: Stage::Wire(NONCE, |answer| {
            answer.headers.remove(header::CACHE_CONTROL);
        }),
        config: "plain",
        says: "Nonces may be cached",
        caught_by: &["nonce/is-uncacheable"],
    },
    Fault {
        name: "nonce-predictable",
        station: "nonce",
        stage: Stage::Draw(Draw::CNonce, |turn| format!("nonce-{turn}")),
        config: "plain",
        says: "Nonces are counted instead of drawn",
        caught_by: &["nonce/is-unpredictable"],
    },
    Fault {
        name: "nonce-states-lifetime",
        station: "nonce",
        stage: Stage::Wire(NONCE, |answer| {
            if let Some(body) = answer.object() {
                body.insert("c_nonce_expires_in".to_owned(), json!(300));
            }
        }),
        config: "plain",
        says: "Nonce answers state a lifetime, as in drafts before 15",
        caught_by: &["nonce/states-no-lifetime"],
    },
    Fault {
        name: "accepts-get-for-a-nonce",
        station: "nonce",
        stage: Stage::Rule(Rule::NonceByPost, Lapse::Accepts),
        config: "plain",
        says: "A GET at the nonce endpoint is served",
        caught_by: &["nonce/refuses-get"],
    },
    Fault {
        name: "crashes-on-get-for-a-nonce",
        station: "nonce",
        stage: Stage::Rule(Rule::NonceByPost, Lapse::Crashes),
        config: "plain",
        says: "A GET at the nonce endpoint is answered with status 500",
        caught_by: &["nonce/refuses-get", "http/never-answers-5xx"],
    },
    Fault {
        name: "used-nonce-is-invalid-proof",
        station: "nonce",
        stage: Stage::Rule(
            Rule::ProofNonceUnused,
            Lapse::Answers { status: 400, code: "invalid_proof" },
        ),
        config: "plain",
        says: "A nonce that was used is refused as invalid_proof",
        caught_by: &["nonce/names-a-used-nonce"],
    },
    Fault {
        name: "invalid-nonce-brings-a-nonce",
        station: "nonce",
        stage: Stage::Wire(&[Station::Credential], |answer| {
            if let Some(body) = answer.object()
                && body.get("error") == Some(&json!("invalid_nonce"))
            {
                body.insert("c_nonce".to_owned(), json!("Zm9yIHRoZSBuZXh0IHRpbWU"));
            }
        }),
        config: "plain",
        says: "An error with invalid_nonce brings a new nonce along, as in drafts before 15",
        caught_by: &["nonce/errors-carry-no-nonce"],
    },
];

fn demand_token(incoming: &Incoming) -> Option<Refusal> {
    let has_token = incoming.header("authorization").next().is_some();
    (!has_token).then(|| Refusal::unauthenticated(&[Scheme::Bearer]))
}
