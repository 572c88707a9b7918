//! The challenge endpoint: a value for the proof of an attested client, for anybody who asks.

use axum::http::StatusCode;
use serde_json::json;

use crate::{answer::Answer, client_authentication::fresh_challenge, issuer::Issuer};

/// A fresh challenge.
pub fn answer(issuer: &Issuer) -> Answer {
    let challenge = json!({"attestation_challenge": fresh_challenge(issuer)});
    Answer::json(StatusCode::OK, challenge).uncacheable()
}
