//! How the wallet gives its refresh token back (RFC 7009 2.1).

use super::ask::{answered, ask, error_code, summary};
use super::draft::{Content, Draft};
use super::refresh;
use super::session::{Session, Stop};
use super::tampers::Tampering;
use crate::protocol::REFRESH_TOKEN;
use crate::transcript::Station;

/// Revokes the refresh token at hand. Untampered, a refusal stops the wallet.
pub async fn request(session: &mut Session, tamper: Option<Tampering<'_>>) -> Result<(), Stop> {
    let recorded = ask(session, &draft, tamper).await?;
    if tamper.is_some() {
        return Ok(());
    }
    let answer = answered(&recorded)?;
    if answer.is_success() {
        session.renewal.is_revoked = true;
        return Ok(());
    }
    if error_code(answer).as_deref() == Some("invalid_client") {
        let why = "the Revocation Endpoint does not serve this client (invalid_client)";
        return Err(Stop::NotApplicable(why.into()));
    }
    Err(Stop::Refused(format!("the refresh token was not revoked: {}", summary(answer))))
}

fn draft(session: &Session) -> Result<Draft, Stop> {
    let issuer = session.issuer()?;
    let url = issuer.endpoint("revocation_endpoint", issuer.server().revocation_endpoint())?;
    let token = session.renewal.refresh_token.clone().ok_or_else(refresh::none)?;
    let mut form =
        vec![("token".to_owned(), token), ("token_type_hint".to_owned(), REFRESH_TOKEN.to_owned())];
    if let Some(client_id) = &session.client_id {
        form.push(("client_id".into(), client_id.clone()));
    }
    let mut draft = Draft::post(Station::Revocation, url);
    draft.content = Content::Form(form);
    Ok(draft)
}
