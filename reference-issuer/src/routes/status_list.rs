//! The status list: the same token for everybody, made anew for each request.

use axum::http::{StatusCode, header};

use crate::{
    answer::Answer, faults::conduct::Conduct, incoming::Incoming, issuer::Issuer, refusal::Refusal,
    status_list,
};

/// Answers a status list request (draft-ietf-oauth-status-list-12, section 8). The past is not kept.
pub fn answer(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Answer, Refusal> {
    if incoming.query("time").is_some() {
        return Ok(Answer::empty(StatusCode::NOT_IMPLEMENTED));
    }
    let token = status_list::token(issuer, conduct).ok_or_else(Refusal::crash)?;
    let mut answer = Answer::empty(StatusCode::OK).typed("application/statuslist+jwt");
    answer.replace_by_text(token);
    // Anybody may read it, from a browser too.
    Ok(answer.set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
}
