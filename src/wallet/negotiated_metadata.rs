//! How the wallet asks for the Credential Issuer Metadata in another form: signed, or with display
//! texts in a language of its own (OpenID4VCI 12.2.2). What comes is judged, and never used.

use super::ask::{answered, patiently};
use super::draft::Draft;
use super::session::{Session, Stop};
use crate::protocol::{Location, WellKnown};
use crate::transcript::Station;

/// Klingon: a language by RFC 3066, and in hardly any metadata.
const RARE_LANGUAGE: &str = "tlh";

/// Asks for the signed form, and for no other.
pub async fn signed(session: &Session) -> Result<(), Stop> {
    ask(session, "accept", "application/jwt").await
}

/// Asks for the last of the languages that display texts are in, and for a rare one.
pub async fn in_languages(session: &Session) -> Result<(), Stop> {
    let known = session.issuer()?.credential().locales().last().map(|known| (*known).to_owned());
    for language in known.iter().map(String::as_str).chain([RARE_LANGUAGE]) {
        ask(session, "accept-language", language).await?;
    }
    Ok(())
}

async fn ask(session: &Session, field: &str, value: &str) -> Result<(), Stop> {
    let identifier = &session.issuer()?.identifier;
    let url = WellKnown::CredentialIssuer.url(identifier, Location::Inserted);
    let url = url.ok_or_else(|| Stop::Refused(format!("no host in {identifier:?}")))?;
    let mut draft = Draft::post(Station::NegotiatedMetadata, url);
    draft.method = "GET".into();
    draft.headers.push(field, value);
    let ready = draft.ready();
    let mark = session.mark(None);
    let recorded = patiently(&session.http, &session.recorder, &mark, &ready).await;
    answered(&recorded).map(|_| ())
}
