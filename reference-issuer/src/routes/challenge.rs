//! The challenge endpoint: a value for the proof of an attested client, for anybody who asks.

use axum::http::StatusCode;
use serde_json::json;

use crate::{answer::Answer, issuer::Issuer, random};

/// A fresh challenge.
pub fn answer(issuer: &Issuer) -> Answer {
    let challenge = random::long();
    issuer.store.keep_challenge(&challenge);
    Answer::json(StatusCode::OK, json!({"attestation_challenge": challenge})).uncacheable()
}
