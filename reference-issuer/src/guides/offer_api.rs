//! How a guide's issuer is asked for an offer, on which side of it.

use std::sync::Arc;

use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};

use crate::{
    answer::Answer,
    issuer::Issuer,
    offers::{self, MintError, MintedOffer, OfferRequest},
    strict_json,
};

/// Largest request body, in bytes.
const LARGEST_BODY: usize = 64 * 1024;

/// How offers are asked for.
#[derive(Debug, Clone, Copy)]
pub struct OfferApi {
    /// Where, by `POST`.
    pub path: &'static str,
    /// On which side.
    pub side: Side,
    /// A request that is granted.
    pub example: &'static str,
    /// What a request asks for; an error code if nothing.
    pub read: fn(&Value) -> Result<OfferRequest, &'static str>,
    /// Status and body of the answer.
    pub write: fn(&MintedOffer) -> (StatusCode, Value),
    /// What it calls an unknown configuration.
    pub unknown_configuration: &'static str,
    /// What it calls any other fault of a request.
    pub invalid: &'static str,
}

/// One of the two sides of an issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The port that wallets see.
    Protocol,
    /// The port that only the operator sees.
    Management,
}

/// The route of the offer API, where it is on this side.
pub fn route(issuer: &Issuer, side: Side) -> Router<Arc<Issuer>> {
    let api = issuer.settings.guide.map(|guide| guide.offer_api);
    match api.filter(|api| api.side == side) {
        Some(api) => Router::new().route(
            api.path,
            post(move |State(issuer): State<Arc<Issuer>>, request: Request| async move {
                answer(&issuer, api, request).await
            }),
        ),
        None => Router::new(),
    }
}

async fn answer(issuer: &Issuer, api: OfferApi, request: Request) -> Response {
    let refused =
        |code: &str| Answer::json(StatusCode::BAD_REQUEST, json!({"error": code})).into_response();
    let body = to_bytes(request.into_body(), LARGEST_BODY).await.unwrap_or_default();
    let Some(body) = strict_json::read_object(&body) else {
        return refused(api.invalid);
    };
    let wanted = match (api.read)(&Value::Object(body)) {
        Ok(wanted) => wanted,
        Err(code) => return refused(code),
    };
    match offers::mint(issuer, wanted) {
        Ok(minted) => {
            let (status, body) = (api.write)(&minted);
            Answer::json(status, body).uncacheable().into_response()
        }
        Err(MintError::UnknownConfiguration(_)) => refused(api.unknown_configuration),
        Err(_) => refused(api.invalid),
    }
}
