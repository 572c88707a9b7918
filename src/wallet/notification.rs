//! How the wallet tells the issuer what became of its credentials (OpenID4VCI 11.1).

use serde_json::json;

use super::ask::{answered, ask, summary};
use super::credential::authorize;
use super::draft::{Content, Draft};
use super::session::{Session, Stop};
use super::tampers::{BARE_POST, Tampering};
use crate::protocol::{CREDENTIAL_ACCEPTED, Feature};
use crate::transcript::Station;

/// Tells that the credentials of the last response were accepted. Untampered, anything but a
/// success stops the wallet.
pub async fn request(session: &mut Session, tamper: Option<Tampering<'_>>) -> Result<(), Stop> {
    let is_tampered = tamper.is_some();
    let is_bare = tamper.is_some_and(|tamper| tamper.name() == BARE_POST);
    if is_bare && session.issuer()?.credential().notification_endpoint().is_none() {
        return Err(Stop::NotApplicable(Feature::NotificationEndpoint.absence().into()));
    }
    if !is_bare && session.notification.is_none() {
        return Err(Stop::NotApplicable("no notification_id came with the credentials".into()));
    }
    let recorded = ask(session, &draft, tamper).await?;
    if is_tampered {
        return Ok(());
    }
    let answer = answered(&recorded)?;
    match answer.is_success() {
        true => Ok(()),
        false => Err(Stop::Refused(format!("the notification was refused: {}", summary(answer)))),
    }
}

fn draft(session: &Session) -> Result<Draft, Stop> {
    let issuer = session.issuer()?;
    let endpoint = issuer.credential().notification_endpoint();
    let url = issuer.endpoint("notification_endpoint", endpoint)?;
    let mut draft = Draft::post(Station::Notification, url);
    draft.content = Content::Json(json!({
        "notification_id": session.notification,
        "event": CREDENTIAL_ACCEPTED,
    }));
    authorize(session, &mut draft);
    Ok(draft)
}
