//! How the wallet gets a challenge for the proof that goes with its attestation
//! (attestation-based client authentication 8).

use super::ask::{answered, patiently, summary};
use super::draft::Draft;
use super::session::{Session, Stop};
use crate::transcript::{Answer, Station};

/// The header field that brings a fresh challenge with any answer.
const FIELD: &str = "oauth-client-attestation-challenge";

/// Sees to it that there is a challenge for a request that needs one. Whether it fetched one.
pub async fn prepare(session: &mut Session, draft: &Draft) -> Result<bool, Stop> {
    if draft.client_proof.is_none() || session.challenge.is_some() {
        return Ok(false);
    }
    let issuer = session.issuer()?;
    let Some(endpoint) = issuer.server().challenge_endpoint() else { return Ok(false) };
    let url = issuer.endpoint("challenge_endpoint", Some(endpoint))?;
    let ready = Draft::post(Station::Challenge, url).ready();
    let recorded = patiently(&session.http, &session.recorder, &session.mark(None), &ready).await;
    let answer = answered(&recorded)?;
    let json = answer.body.json();
    let challenge = json.as_ref().and_then(|json| json.get("attestation_challenge")?.as_str());
    match challenge {
        Some(challenge) if answer.is_success() => {
            session.challenge = Some(challenge.to_owned());
            Ok(true)
        }
        _ => Err(Stop::Refused(format!(
            "no attestation_challenge in the challenge response: {}",
            summary(answer)
        ))),
    }
}

/// Keeps the challenge that an answer brings for the next request; one is for one request.
pub fn note(session: &mut Session, answer: Option<&Answer>) {
    session.challenge = answer.and_then(|answer| answer.headers.get(FIELD)).map(str::to_owned);
}

/// Whether a server wants the request again with a challenge, which it must have sent along.
pub fn is_asked_for(answer: &Answer) -> bool {
    !answer.is_success()
        && answer.headers.get(FIELD).is_some()
        && answer.error_code().as_deref() == Some("use_attestation_challenge")
}
