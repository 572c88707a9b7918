//! The management side, for whoever can reach the port: `POST /offers` mints an offer, `POST
//! /offers/{offer_id}/claims` changes what it shows when renewed, `POST /offers/{offer_id}/end` ends it; `POST
//! /offers/{offer_id}/status` and `POST /status` say what became of what was issued; `POST /transactions` decides on a
//! credential that was put off, `POST /clock/advance` lets lifetimes run out without waiting.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::to_bytes,
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    answer::Answer,
    issuer::Issuer,
    offers::{self, OfferRequest, TxCodeRequest},
    settings::Tenant,
    status_list::{Status, StatusError},
};

/// Largest request body, in bytes.
const LARGEST_BODY: usize = 64 * 1024;

/// The management router.
pub fn router(issuer: &Issuer) -> Router<Arc<Issuer>> {
    let has_offers = issuer.settings.offer_api().is_some_and(|api| api.path == "/offers");
    let router = match has_offers {
        true => Router::new(),
        false => Router::new().route("/offers", post(mint)),
    };
    router
        .route("/clock/advance", post(advance))
        .route("/offers/{offer_id}/claims", post(change_claims))
        .route("/offers/{offer_id}/end", post(end))
        .route("/offers/{offer_id}/status", post(set_for_offer))
        .route("/status", post(set_for_entry))
        .route("/transactions", post(decide))
}

#[derive(Deserialize)]
struct Wanted {
    credential_configuration_id: Option<String>,
    #[serde(default)]
    credential_configuration_ids: Vec<String>,
    claims: Option<Value>,
    tx_code: Option<TxCodeRequest>,
    #[serde(default)]
    by_reference: bool,
    #[serde(default)]
    second_tenant: bool,
}

#[derive(Deserialize)]
struct Advance {
    seconds: u64,
}

#[derive(Deserialize)]
struct Standing {
    status: Status,
}

#[derive(Deserialize)]
struct StandingOf {
    uri: String,
    idx: usize,
    status: Status,
}

async fn set_for_offer(
    State(issuer): State<Arc<Issuer>>,
    Path(offer_id): Path<String>,
    request: Request,
) -> Response {
    match read::<Standing>(request).await {
        Ok(standing) => changed(issuer.set_status_for_offer(&offer_id, standing.status)),
        Err(refusal) => *refusal,
    }
}

async fn set_for_entry(State(issuer): State<Arc<Issuer>>, request: Request) -> Response {
    match read::<StandingOf>(request).await {
        Ok(entry) => changed(issuer.set_status(&entry.uri, entry.idx, entry.status).map(|()| 1)),
        Err(refusal) => *refusal,
    }
}

fn changed(outcome: Result<usize, StatusError>) -> Response {
    match outcome {
        Ok(count) => Answer::json(StatusCode::OK, json!({"changed": count})).into_response(),
        Err(error @ StatusError::TooFewBits) => {
            refusal(StatusCode::BAD_REQUEST, &error.to_string())
        }
        Err(error) => refusal(StatusCode::NOT_FOUND, &error.to_string()),
    }
}

async fn read<T: DeserializeOwned>(request: Request) -> Result<T, Box<Response>> {
    let refused = |status, why: &str| Box::new(refusal(status, why));
    let body = to_bytes(request.into_body(), LARGEST_BODY).await;
    let body = body.map_err(|_| refused(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large"))?;
    serde_json::from_slice(&body)
        .map_err(|error| refused(StatusCode::BAD_REQUEST, &error.to_string()))
}

async fn mint(State(issuer): State<Arc<Issuer>>, request: Request) -> Response {
    let wanted: Wanted = match read(request).await {
        Ok(wanted) => wanted,
        Err(refusal) => return *refusal,
    };
    let mut ids = wanted.credential_configuration_ids;
    ids.extend(wanted.credential_configuration_id);
    let request = OfferRequest {
        credential_configuration_ids: ids,
        claims: wanted.claims,
        tx_code: wanted.tx_code,
        by_reference: wanted.by_reference,
        tenant: if wanted.second_tenant { Tenant::Second } else { Tenant::First },
    };
    match offers::mint(&issuer, request) {
        Ok(minted) => {
            let mut body = json!({
                "offer_id": minted.offer_id,
                "credential_offer_uri": minted.credential_offer_uri
            });
            if let Some(value) = minted.tx_code_value {
                body["tx_code_value"] = json!(value);
            }
            let created = Answer::json(StatusCode::CREATED, body);
            created.uncacheable().into_response()
        }
        Err(error) => refusal(StatusCode::BAD_REQUEST, &error.to_string()),
    }
}

#[derive(Deserialize)]
struct Decided {
    transaction_id: String,
    decision: Decision,
}

/// What becomes of a credential that was put off.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Decision {
    /// It is there when the wallet next asks.
    Release,
    /// It will never come.
    Deny,
}

async fn decide(State(issuer): State<Arc<Issuer>>, request: Request) -> Response {
    let body = match to_bytes(request.into_body(), LARGEST_BODY).await {
        Ok(body) => body,
        Err(_) => return refusal(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large"),
    };
    let decided: Decided = match serde_json::from_slice(&body) {
        Ok(decided) => decided,
        Err(error) => return refusal(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let is_pending = issuer.store.transaction(&decided.transaction_id, |entry| {
        entry.as_mut().is_some_and(|transaction| {
            transaction.polls = Some(0);
            transaction.is_denied = decided.decision == Decision::Deny;
            true
        })
    });
    match is_pending {
        Some(true) => Answer::empty(StatusCode::NO_CONTENT).into_response(),
        _ => refusal(StatusCode::NOT_FOUND, "no such transaction is pending"),
    }
}

async fn change_claims(
    State(issuer): State<Arc<Issuer>>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let Ok(body) = to_bytes(request.into_body(), LARGEST_BODY).await else {
        return refusal(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large");
    };
    let changed = match serde_json::from_slice(&body) {
        Ok(claims) => offers::change_claims(&issuer, &id, claims),
        Err(error) => return refusal(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    match changed {
        Ok(is_known) => done(is_known),
        Err(error) => refusal(StatusCode::BAD_REQUEST, &error.to_string()),
    }
}

async fn end(State(issuer): State<Arc<Issuer>>, Path(id): Path<String>) -> Response {
    done(offers::end(&issuer, &id))
}

async fn advance(State(issuer): State<Arc<Issuer>>, request: Request) -> Response {
    let Ok(body) = to_bytes(request.into_body(), LARGEST_BODY).await else {
        return refusal(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large");
    };
    match serde_json::from_slice::<Advance>(&body) {
        Ok(advance) => issuer.advance(Duration::from_secs(advance.seconds)),
        Err(error) => return refusal(StatusCode::BAD_REQUEST, &error.to_string()),
    }
    Answer::empty(StatusCode::NO_CONTENT).into_response()
}

fn done(is_known: bool) -> Response {
    match is_known {
        true => Answer::empty(StatusCode::NO_CONTENT).into_response(),
        false => refusal(StatusCode::NOT_FOUND, "no such offer, or it is too old"),
    }
}

fn refusal(status: StatusCode, why: &str) -> Response {
    let body = json!({"error": "invalid_request", "error_description": why});
    Answer::json(status, body).into_response()
}
