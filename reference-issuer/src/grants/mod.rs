//! What each grant type is worth: a code once, a refresh token for as long as its line is good.

pub mod pre_authorized;
pub mod refresh;

use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    answer::Answer,
    dialect::fresh_nonce,
    dpop::{self, Server},
    faults::{Draw, conduct::Conduct},
    incoming::Incoming,
    issuer::Issuer,
    public_key::Thumbprint,
    refusal::Refusal,
    settings::Dpop,
    store::Grant,
};

/// The DPoP key of a token request; `Ok(None)` where none is shown and none is needed.
fn dpop_key(
    issuer: &Issuer,
    conduct: &Conduct,
    incoming: &Incoming,
    is_bound: bool,
) -> Result<Option<Thumbprint>, Refusal> {
    match issuer.settings.dpop {
        Dpop::Off => Ok(None),
        policy => {
            let is_needed = is_bound || policy == Dpop::Required;
            dpop::check(issuer, conduct, incoming, Server::Authorization, is_needed)
        }
    }
}

/// Hands out an access token for a grant, and tells what it is for.
fn grant_token(issuer: &Issuer, conduct: &Conduct, grant: Arc<Grant>) -> Value {
    let access_token = conduct.draw(Draw::AccessToken);
    let mut body = token_response(issuer, &access_token, &grant);
    issuer.store.keep_token(&access_token, grant);
    fresh_nonce(issuer, conduct, &mut body);
    body
}

/// The token response; it carries secrets, so no cache may keep it.
fn granted(body: Value) -> Answer {
    Answer::json(StatusCode::OK, body).uncacheable()
}

fn token_response(issuer: &Issuer, access_token: &str, grant: &Grant) -> Value {
    let token_type = if grant.key.is_some() { "DPoP" } else { "Bearer" };
    let mut body = json!({
        "access_token": access_token,
        "token_type": token_type,
        "expires_in": issuer.settings.lifetimes.access_token.as_secs()
    });
    if !grant.identifiers.is_empty() {
        let mut places: Vec<usize> = grant.identifiers.iter().map(|(_, place)| *place).collect();
        places.dedup();
        let details = places.into_iter().filter_map(|place| {
            let own = grant.identifiers.iter().filter(|(_, other)| *other == place);
            let identifiers: Vec<&str> = own.map(|(identifier, _)| identifier.as_str()).collect();
            let credential = issuer.credentials.get(place)?;
            Some(json!({
                "type": "openid_credential",
                "credential_configuration_id": credential.id,
                "credential_identifiers": identifiers
            }))
        });
        body["authorization_details"] = details.collect();
    }
    body
}
