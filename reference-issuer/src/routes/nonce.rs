//! The nonce endpoint: anyone may ask, and each answer is a nonce nobody has seen.

use axum::http::{HeaderValue, StatusCode};
use serde_json::json;

use crate::{
    answer::Answer,
    faults::{Draw, conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    refusal::Refusal,
    self_contained::Realm,
};

/// A fresh `c_nonce`.
pub fn answer(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Answer, Refusal> {
    conduct
        .require(Rule::NonceByPost, incoming.method == "POST", || Refusal::wrong_method("POST"))?;
    let nonce = match issuer.settings.stateless {
        true => issuer.self_contained.fresh(Realm::KeyProof),
        false => {
            let nonce = conduct.draw(Draw::CNonce);
            issuer.store.keep_nonce(&nonce, issuer.tenant);
            nonce
        }
    };
    let mut answer = Answer::json(StatusCode::OK, json!({"c_nonce": nonce})).uncacheable();
    if issuer.settings.dpop_nonces_beforehand
        && let Ok(value) = HeaderValue::try_from(issuer.self_contained.fresh(Realm::Resource))
    {
        answer.headers.insert("dpop-nonce", value);
    }
    Ok(answer)
}
