//! The credential endpoint: a token, proofs of possession, and one credential for each proved key.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    answer::Answer,
    authorization::authorize,
    credential_request::{Asked, invalid_request},
    faults::{conduct::Conduct, rules::Rule},
    formats,
    incoming::Incoming,
    issuer::Issuer,
    proofs::prove,
    refusal::Refusal,
};

/// Answers a credential request.
pub fn answer(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Answer, Refusal> {
    let grant = authorize(issuer, conduct, incoming)?;
    let asked = Asked::read(incoming);
    conduct.require(Rule::BodyReadable, asked.is_some(), || {
        invalid_request("the body is not the JSON of a credential request")
    })?;
    if asked.as_ref().is_some_and(|asked| asked.wants_encryption) {
        let why = "this issuer does not encrypt its answers";
        return Err(Refusal::bad_request("invalid_encryption_parameters", why));
    }
    let (place, keys) = match &asked {
        Some(asked) => {
            (asked.place(issuer, conduct, &grant)?, prove(issuer, conduct, &grant, &asked.proofs)?)
        }
        None => (0, vec![None]),
    };
    let credential = issuer.credentials.get(place).ok_or_else(Refusal::crash)?;
    let credentials: Vec<Value> =
        formats::issue(issuer, conduct, credential, &grant.entitlement, &keys)?
            .into_iter()
            .map(|credential| json!({"credential": credential}))
            .collect();
    Ok(Answer::json(StatusCode::OK, json!({"credentials": credentials})).uncacheable())
}
