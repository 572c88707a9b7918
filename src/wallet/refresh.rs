//! How the wallet renews its access token (RFC 6749 6).

use super::ask::{answered, ask};
use super::draft::Draft;
use super::session::{Session, Stop, Token};
use super::tampers::Tampering;
use super::token;
use crate::protocol::REFRESH_TOKEN;

/// Asks for another access token. Untampered, anything but a token stops the wallet. What a
/// tampered request brings replaces the refresh token only: one that was used up is of no use.
pub async fn request(session: &mut Session, tamper: Option<Tampering<'_>>) -> Result<(), Stop> {
    let recorded = ask(session, &draft, tamper).await?;
    let is_tampered = tamper.is_some();
    if tamper.is_some_and(|tamper| tamper.name() == "refresh-replaced") {
        session.renewal.is_reused = true;
    }
    let granted = answered(&recorded).and_then(token::granted);
    match granted {
        Ok(token) => {
            session.renewal.take(&token.response);
            if !is_tampered || session.keeps_what_is_granted {
                session.token = Some(renewed(session, token));
            }
            Ok(())
        }
        Err(_) if is_tampered => Ok(()),
        Err(stop) => Err(stop),
    }
}

/// The new token. What it says nothing of is as it was (OpenID4VCI 6.2).
fn renewed(session: &Session, mut token: Token) -> Token {
    const DETAILS: &str = "authorization_details";
    let before = session.token.as_ref().and_then(|before| before.response.get(DETAILS));
    if let (Some(details), Some(response)) = (before, token.response.as_object_mut()) {
        response.entry(DETAILS).or_insert_with(|| details.clone());
    }
    token
}

fn draft(session: &Session) -> Result<Draft, Stop> {
    let issuer = session.issuer()?;
    let url = issuer.endpoint("token_endpoint", issuer.server().token_endpoint())?;
    let refresh_token = session.renewal.refresh_token.clone().ok_or_else(none)?;
    let form = vec![
        ("grant_type".to_owned(), REFRESH_TOKEN.to_owned()),
        ("refresh_token".to_owned(), refresh_token),
    ];
    token::draft_of(session, url, form)
}

/// Refresh tokens are the authorization server's choice (OpenID4VCI 6).
pub(super) fn none() -> Stop {
    Stop::NotApplicable("the token response carries no refresh_token".into())
}
