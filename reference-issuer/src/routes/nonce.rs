//! The nonce endpoint: anyone may ask, and each answer is a nonce nobody has seen.

use axum::http::StatusCode;
use serde_json::json;

use crate::{
    answer::Answer,
    faults::{Draw, conduct::Conduct},
    issuer::Issuer,
};

/// A fresh `c_nonce`.
pub fn answer(issuer: &Issuer, conduct: &Conduct) -> Answer {
    let nonce = conduct.draw(Draw::CNonce);
    issuer.store.keep_nonce(&nonce);
    Answer::json(StatusCode::OK, json!({"c_nonce": nonce})).uncacheable()
}
