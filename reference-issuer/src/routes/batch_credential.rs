//! Several credential requests in one, as draft 13 has them: all of them are answered, or none.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::credential::made;
use crate::{
    answer::Answer,
    authorization::authorize,
    credential_request::{Asked, invalid_request},
    dialect::fresh_nonce,
    faults::conduct::Conduct,
    incoming::Incoming,
    issuer::Issuer,
    proofs::{self, Good},
    refusal::Refusal,
    strict_json,
};

/// Answers each request of a batch, in order; they may share a nonce.
pub fn answer(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Answer, Refusal> {
    let grant = authorize(issuer, conduct, incoming)?;
    let asked = read(issuer, incoming).ok_or_else(|| {
        invalid_request("the body is not the JSON of several credential requests")
    })?;
    let limit = issuer.settings.batch_size.unwrap_or(1);
    if u32::try_from(asked.len()).map_or(true, |count| count > limit) {
        return Err(invalid_request("there are too many requests in one"));
    }
    let (mut places, mut used) = (Vec::new(), Vec::new());
    for asked in asked {
        let place = asked.place(issuer, conduct, &grant)?;
        let Good { keys, nonces } = proofs::check(issuer, conduct, &grant, place, &asked.proofs)?;
        places.push((place, keys));
        for nonce in nonces {
            if !used.contains(&nonce) {
                used.push(nonce);
            }
        }
    }
    proofs::use_up(issuer, conduct, &used)?;
    let mut responses = Vec::new();
    for (place, keys) in places {
        responses.push(made(issuer, conduct, &grant.entitlement, place, &keys)?);
    }
    let mut body = json!({"credential_responses": responses});
    fresh_nonce(issuer, conduct, &mut body);
    Ok(Answer::json(StatusCode::OK, body).uncacheable())
}

/// The requests, at least one.
fn read(issuer: &Issuer, incoming: &Incoming) -> Option<Vec<Asked>> {
    if !incoming.is_of_type("application/json") {
        return None;
    }
    let Some(Value::Array(requests)) =
        strict_json::read_object(&incoming.body)?.remove("credential_requests")
    else {
        return None;
    };
    let requests: Option<Vec<Asked>> = requests
        .into_iter()
        .map(|request| match request {
            Value::Object(request) => Asked::of(request, &issuer.settings.dialect),
            _ => None,
        })
        .collect();
    requests.filter(|requests| !requests.is_empty())
}
