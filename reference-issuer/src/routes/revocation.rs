//! The revocation endpoint (RFC 7009): whatever becomes of the token, its holder is done with it.

use axum::http::StatusCode;

use crate::{
    answer::Answer,
    faults::conduct::Conduct,
    incoming::Incoming,
    issuer::Issuer,
    refusal::Refusal,
    token_request::{Form, invalid_request},
};

/// Answers a revocation request. A token that nobody knows is as good as revoked.
pub fn answer(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Answer, Refusal> {
    let form = Form::read(conduct, incoming)?;
    let client_id = form.client(issuer, conduct, incoming)?.id;
    let token = form.get("token").ok_or_else(|| invalid_request("token is missing"))?;
    let policy = conduct.policy();
    match issuer.store.refresh_tokens.find(token) {
        Some(found) if found.line.grant.client_id == client_id => {
            if !policy.forgets_revocations {
                found.line.revoke();
            }
        }
        Some(_) => return Err(Refusal::bad_request("invalid_grant", "another client's token")),
        None if policy.revokes_known_tokens_only => {
            return Err(invalid_request("the token is unknown"));
        }
        None => issuer.store.forget_token(token),
    }
    Ok(Answer::empty(StatusCode::OK).uncacheable())
}
