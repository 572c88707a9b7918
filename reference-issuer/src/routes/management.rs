//! The management side, for whoever can reach the port: `POST /offers` mints an offer, `POST /transactions` decides on
//! a credential that was put off.

use std::sync::Arc;

use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    answer::Answer,
    issuer::Issuer,
    offers::{self, OfferRequest, TxCodeRequest},
};

/// Largest request body, in bytes.
const LARGEST_BODY: usize = 64 * 1024;

/// The management router.
pub fn router() -> Router<Arc<Issuer>> {
    Router::new().route("/offers", post(mint)).route("/transactions", post(decide))
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
}

async fn mint(State(issuer): State<Arc<Issuer>>, request: Request) -> Response {
    let body = match to_bytes(request.into_body(), LARGEST_BODY).await {
        Ok(body) => body,
        Err(_) => return refusal(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large"),
    };
    let wanted: Wanted = match serde_json::from_slice(&body) {
        Ok(wanted) => wanted,
        Err(error) => return refusal(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let mut ids = wanted.credential_configuration_ids;
    ids.extend(wanted.credential_configuration_id);
    let request = OfferRequest {
        credential_configuration_ids: ids,
        claims: wanted.claims,
        tx_code: wanted.tx_code,
        by_reference: wanted.by_reference,
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

fn refusal(status: StatusCode, why: &str) -> Response {
    let body = json!({"error": "invalid_request", "error_description": why});
    Answer::json(status, body).into_response()
}
