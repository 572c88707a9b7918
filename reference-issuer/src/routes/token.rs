//! The token endpoint: a code or a refresh token, for an access token.

use crate::{
    answer::Answer,
    faults::conduct::Conduct,
    grants::{pre_authorized, refresh},
    incoming::Incoming,
    issuer::Issuer,
    refusal::Refusal,
    token_request::Form,
};

/// Answers a token request.
pub async fn answer(
    issuer: &Issuer,
    conduct: &Conduct<'_>,
    incoming: &Incoming,
) -> Result<Answer, Refusal> {
    let form = Form::read(conduct, incoming)?;
    form.check_grant_type(issuer, conduct)?;
    let client = form.client(issuer, conduct, incoming)?;
    match form.is_refresh(issuer) {
        true => refresh::redeem(issuer, conduct, incoming, &form, client),
        false => pre_authorized::redeem(issuer, conduct, incoming, &form, client).await,
    }
}
