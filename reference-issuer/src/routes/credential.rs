//! The credential endpoint: a token, proofs of possession, and one credential for each proved key.

use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    answer::Answer,
    authorization::authorize,
    credential_request::{Asked, invalid_request},
    faults::{Draw, conduct::Conduct, rules::Rule},
    formats,
    incoming::Incoming,
    issuer::Issuer,
    proofs::prove,
    public_key::PublicKey,
    refusal::Refusal,
    store::Entitlement,
    transactions,
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
    match issuer.settings.deferral {
        Some(deferral) => {
            Ok(transactions::begin(issuer, conduct, deferral, &grant.entitlement, place, keys))
        }
        None => deliver(issuer, conduct, &grant.entitlement, place, &keys),
    }
}

/// The answer with the credentials themselves.
pub fn deliver(
    issuer: &Issuer,
    conduct: &Conduct,
    entitlement: &Arc<Entitlement>,
    place: usize,
    keys: &[Option<PublicKey>],
) -> Result<Answer, Refusal> {
    let credential = issuer.credentials.get(place).ok_or_else(Refusal::crash)?;
    let claims = entitlement.claims.as_ref();
    let credentials: Vec<Value> = formats::issue(issuer, conduct, credential, claims, keys)?
        .into_iter()
        .map(|credential| json!({"credential": credential}))
        .collect();
    let mut body = json!({"credentials": credentials});
    if issuer.settings.notifications {
        let id = conduct.draw(Draw::NotificationId);
        issuer.store.keep_notification(&id, Arc::clone(entitlement));
        body["notification_id"] = json!(id);
    }
    Ok(Answer::json(StatusCode::OK, body).uncacheable())
}
