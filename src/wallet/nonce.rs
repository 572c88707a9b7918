//! How the wallet gets a `c_nonce` (OpenID4VCI 7).

use serde_json::Value;

use super::ask::{answered, ask, patiently, summary};
use super::draft::Draft;
use super::session::{Session, Stop};
use super::tampers::Tampering;
use crate::protocol::traits::NonceSource;
use crate::transcript::Station;

/// Asks for a `c_nonce` with something wrong. Nothing of the answer is used.
pub async fn tampered(session: &mut Session, tamper: Tampering<'_>) -> Result<(), Stop> {
    let build = |session: &Session| {
        let issuer = session.issuer()?;
        let endpoint = issuer.credential().nonce_endpoint();
        Ok(Draft::post(Station::Nonce, issuer.endpoint("nonce_endpoint", endpoint)?))
    };
    ask(session, &build, Some(tamper)).await.map(|_| ())
}

/// The `c_nonce` in a token response, a credential response or an error, as drafts until 14 had it.
pub fn given_with(response: &Value) -> Option<String> {
    response.get("c_nonce")?.as_str().map(str::to_owned)
}

/// A fresh `c_nonce`, or none where the issuer has no Nonce Endpoint. An issuer that gives nonces
/// with its other answers is taken at its last word.
pub async fn fetch(session: &mut Session) -> Result<Option<String>, Stop> {
    if session.traits().nonce_source == NonceSource::TokenResponse {
        return Ok(session.c_nonce.clone());
    }
    let issuer = session.issuer()?;
    let Some(endpoint) = issuer.credential().nonce_endpoint() else {
        return Ok(None);
    };
    let url = issuer.endpoint("nonce_endpoint", Some(endpoint))?;
    let ready = Draft::post(Station::Nonce, url).ready();
    let recorded = patiently(&session.http, &session.recorder, &session.mark(None), &ready).await;
    let answer = answered(&recorded)?;
    if let Some(nonce) = answer.headers.get("dpop-nonce") {
        session.dpop_nonces.insert(Station::Credential, nonce.to_owned());
    }
    let c_nonce =
        answer.body.json().and_then(|json| json.get("c_nonce")?.as_str().map(str::to_owned));
    match c_nonce {
        Some(c_nonce) if answer.is_success() => {
            session.c_nonce = Some(c_nonce.clone());
            Ok(Some(c_nonce))
        }
        _ => Err(Stop::Refused(format!("no c_nonce in the nonce response: {}", summary(answer)))),
    }
}
