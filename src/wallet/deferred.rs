//! How the wallet asks for credentials that were put off (OpenID4VCI 9.1).
//!
//! It waits for `interval` before each request, asks [`MOST_POLLS`] times at most, and gives up
//! before the whole of it would take longer than its [`Patience`](super::Patience) allows.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::ask::{answered, ask, error_code, summary};
use super::credential::authorize;
use super::dpop::fresh_identifier;
use super::draft::{Authorization, Content, Draft};
use super::encryption;
use super::session::{Session, Stop};
use super::tampers::{BARE_POST, Tampering};
use crate::protocol::traits::{Deferral as DeferralTrait, Traits};
use crate::protocol::{CredentialResponse, Deferral, DeferredRequest, Feature};
use crate::scenario::Until;
use crate::transcript::{Answer, Station};

/// How often the wallet asks for the credentials of one request.
pub const MOST_POLLS: u32 = 100;
/// What it means that the access token is refused.
const LOCKED_OUT: &str = "; the access token is good no more, and with it the wait is over";
/// Why there is no deferred request to make, right or wrong.
const AT_ONCE: &str = "the credentials were issued at once: there is nothing to wait for";

/// Why no deferred request is made wrong where it has nothing but an access token.
const OLDER: &str = "credentials are put off by an acceptance_token, as in draft 11";

/// Credentials that were asked for and are still to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Transaction {
    /// What it is asked for by.
    pub id: String,
    /// What that is.
    pub by: Handle,
    /// What the issuer wants the wallet to wait.
    pub interval: Option<Duration>,
    /// When it said so.
    pub since: Instant,
}

/// What credentials that are put off are asked for by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handle {
    /// `transaction_id`, said in the request.
    TransactionId,
    /// `acceptance_token`, which is the access token of the request (draft 11).
    AcceptanceToken,
}

/// Asks once, or until the credentials are there. Untampered, a refusal stops the wallet.
pub async fn request(
    session: &mut Session,
    until: Option<Until>,
    tamper: Option<Tampering<'_>>,
) -> Result<(), Stop> {
    if let Some(tamper) = tamper {
        return tampered(session, tamper).await;
    }
    if session.transaction.is_none() {
        return match session.was_put_off {
            true => Ok(()),
            false => Err(Stop::NotApplicable(AT_ONCE.into())),
        };
    }
    let gave_up = match until {
        Some(Until::Credentials) => fetch(session).await?,
        None => match beyond_patience(session, Instant::now()) {
            None => once(session).await?,
            too_long => too_long,
        },
    };
    gave_up.map_or(Ok(()), |why| Err(Stop::Refused(why)))
}

/// Asks until the credentials are there. The answer is why the wallet gave up, if it did.
pub async fn fetch(session: &mut Session) -> Result<Option<String>, Stop> {
    let began = Instant::now();
    for _ in 0..MOST_POLLS {
        if session.transaction.is_none() {
            return Ok(None);
        }
        if let Some(why) = beyond_patience(session, began) {
            return Ok(Some(why));
        }
        if let Some(why) = once(session).await? {
            return Ok(Some(why));
        }
    }
    Ok(session.transaction.as_ref().map(|_| {
        format!(
            "the credentials were not there after {MOST_POLLS} requests, the most that are made"
        )
    }))
}

/// Notes what a credential response, or a deferred one, gives or puts off.
pub fn note(session: &mut Session, answer: &Answer) {
    let Some(json) = answer.said().json().filter(|_| answer.is_success()) else { return };
    if let Some(deferral) = Deferral::read(&json) {
        let Some((id, by)) = handle(session, &json, deferral) else { return };
        session.was_put_off = true;
        session.recorder.put_off(&session.name, &id);
        session.transaction = Some(Transaction {
            id,
            by,
            interval: deferral.seconds().map(duration),
            since: Instant::now(),
        });
        return;
    }
    let response = CredentialResponse::new(&json);
    if response.is_issued() {
        session.redeemed = session.transaction.take().or(session.redeemed.take());
        if let Some(id) = response.notification_id() {
            session.recorder.named(&session.name, id);
            session.notification = Some(id.to_owned());
        }
    }
}

/// What to ask again by, in a way that the issuer understands: a transaction keeps the name that it
/// was given first, and an access token is good until the next is given.
fn handle(session: &Session, json: &Value, deferral: Deferral<'_>) -> Option<(String, Handle)> {
    if let Some(id) = deferral.transaction_id() {
        let before = session.transaction.as_ref();
        let own = before.filter(|own| own.by == Handle::TransactionId).map(|own| own.id.as_str());
        return Some((own.unwrap_or(id).to_owned(), Handle::TransactionId));
    }
    let mut ways = session.ways_after(Some(json)).into_iter();
    let is_spoken = ways.any(|traits| traits.deferral == DeferralTrait::AcceptanceToken);
    let token = deferral.acceptance_token().filter(|_| is_spoken)?;
    Some((token.to_owned(), Handle::AcceptanceToken))
}

/// Waits as long as the issuer wants, and asks once. The answer is why to give up: a credential
/// that is still to come is no reason, and neither is a server that has no time.
async fn once(session: &mut Session) -> Result<Option<String>, Stop> {
    let pause = pause(session).unwrap_or_default();
    let waits = session.waits.clone();
    if !waits.wait(pause).await {
        return Ok(Some("the wait for the credentials was interrupted".into()));
    }
    let recorded = ask(session, &draft, None).await?;
    let answer = answered(&recorded)?;
    note(session, answer);
    let is_pending = || answer.said().json().is_some_and(|json| Deferral::read(&json).is_some());
    if matches!(answer.status, 429 | 503) {
        if let Some(transaction) = &mut session.transaction {
            transaction.since = Instant::now();
        }
        return Ok(None);
    }
    if waits_by_error(session, answer) {
        return Ok(None);
    }
    // What is denied, or over, will not come by asking again (OpenID4VCI 9.3).
    let code = error_code(answer);
    let is_denied =
        matches!(code.as_deref(), Some("credential_request_denied" | "invalid_transaction_id"));
    let is_locked_out = is_of_the_token(answer.status, code.as_deref());
    if is_denied || is_locked_out {
        session.transaction = None;
    }
    match answer.is_success() && (session.transaction.is_none() || is_pending()) {
        true => Ok(None),
        false => Ok(Some(format!(
            "no credentials in the deferred credential response: {}{}",
            summary(answer),
            if is_locked_out { LOCKED_OUT } else { "" }
        ))),
    }
}

/// Whether an answer refuses the access token: not its DPoP proof, which the next request has anew.
fn is_of_the_token(status: u16, code: Option<&str>) -> bool {
    status == 401 && !matches!(code, Some("use_dpop_nonce" | "invalid_dpop_proof"))
}

/// Whether the issuer says by an error that the credentials are still to come, as in drafts 13 to
/// 15, and may be one of those. Then the wallet waits for its turn again.
fn waits_by_error(session: &mut Session, answer: &Answer) -> bool {
    let speaks = |traits: &Traits| traits.deferral == DeferralTrait::IssuancePending;
    let transaction = session.transaction.as_ref();
    let is_older = transaction.is_some_and(|own| own.by == Handle::AcceptanceToken);
    let is_pending = error_code(answer).as_deref() == Some("issuance_pending");
    if !is_pending || !is_older && !session.ways().iter().any(speaks) {
        return false;
    }
    if let Some(transaction) = &mut session.transaction {
        let told = answer.said().json();
        let interval = told.as_ref().and_then(|json| json.get("interval")?.as_f64());
        transaction.interval = interval.map(duration).or(transaction.interval);
        transaction.since = Instant::now();
    }
    true
}

/// Why the wallet does not wait for its turn, where that is too long for one that began then.
fn beyond_patience(session: &Session, began: Instant) -> Option<String> {
    let longest = session.http.patience().longest;
    let pause = pause(session).filter(|pause| began.elapsed() + *pause > longest)?;
    Some(format!(
        "the issuer wants the wallet to ask again in {} s, and it waits {} s in all (--max-wait)",
        pause.as_secs_f64().ceil(),
        longest.as_secs()
    ))
}

/// What is left of the time that the issuer wants the wallet to wait; none where nothing is to come.
fn pause(session: &Session) -> Option<Duration> {
    let transaction = session.transaction.as_ref()?;
    let interval = transaction.interval.unwrap_or(session.http.patience().usual);
    Some(interval.saturating_sub(transaction.since.elapsed()))
}

/// Tampers that an issuer has to put up with: they come in time, so that nothing else is the
/// matter.
const IN_TIME: &[&str] = &["unknown-member", "encryption-left-out"];

/// The tamper that is wrong in nothing but its time.
const EARLY_POLL: &str = "early-poll";

/// Asks with something wrong, without a wait where it is refused anyway. What comes of it all the
/// same is noted where it was the wallet's own transaction.
async fn tampered(session: &mut Session, tamper: Tampering<'_>) -> Result<(), Stop> {
    let is_bare = tamper.name() == BARE_POST;
    if is_bare && session.issuer()?.credential().deferred_credential_endpoint().is_none() {
        return Err(Stop::NotApplicable(Feature::DeferredEndpoint.absence().into()));
    }
    if !is_bare && !session.was_put_off && session.redeemed.is_none() {
        return Err(Stop::NotApplicable(AT_ONCE.into()));
    }
    let asked = session.transaction.as_ref().or(session.redeemed.as_ref());
    let has_no_content = asked.is_some_and(|asked| asked.by == Handle::AcceptanceToken);
    if has_no_content && tamper.name() != EARLY_POLL {
        return Err(Stop::NotApplicable(OLDER.into()));
    }
    if IN_TIME.contains(&tamper.name()) && beyond_patience(session, Instant::now()).is_none() {
        let (waits, pause) = (session.waits.clone(), pause(session).unwrap_or_default());
        waits.wait(pause).await;
    }
    let own = session.transaction.as_ref().map(|own| own.id.clone());
    let recorded = ask(session, &draft, Some(tamper)).await?;
    let sent = session.recorder.sent(recorded.number).and_then(|body| body.json());
    let sent = sent.as_ref().and_then(|json| DeferredRequest::new(json).transaction_id());
    let is_own = own.is_some() && (has_no_content || sent == own.as_deref());
    if let Some(answer) = recorded.answer().filter(|_| is_own) {
        note(session, answer);
    }
    Ok(())
}

fn draft(session: &Session) -> Result<Draft, Stop> {
    let issuer = session.issuer()?;
    let endpoint = issuer.credential().deferred_credential_endpoint();
    let url = issuer.endpoint("deferred_credential_endpoint", endpoint)?;
    let asked = session.transaction.as_ref().or(session.redeemed.as_ref());
    let mut draft = Draft::post(Station::Deferred, url);
    if let Some(Transaction { id, by: Handle::AcceptanceToken, .. }) = asked {
        draft.content = Content::Form(Vec::new());
        draft.authorization = Some(Authorization { scheme: "Bearer".into(), token: id.clone() });
        return Ok(draft);
    }
    // Without a transaction, only a tamper can make a request of this.
    let id = asked.map_or_else(fresh_identifier, |asked| asked.id.clone());
    draft.content = Content::Json(json!({ "transaction_id": id }));
    authorize(session, &mut draft);
    encryption::apply(session, &mut draft)?;
    Ok(draft)
}

/// Seconds as a duration, a century at most.
fn duration(seconds: f64) -> Duration {
    const CENTURY: f64 = 3_155_760_000.0;
    Duration::try_from_secs_f64(seconds.min(CENTURY)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_token_ends_the_wait_and_a_refused_proof_does_not() {
        assert!(is_of_the_token(401, Some("invalid_token")));
        assert!(is_of_the_token(401, None));
        assert!(!is_of_the_token(401, Some("use_dpop_nonce")));
        assert!(!is_of_the_token(401, Some("invalid_dpop_proof")));
        assert!(!is_of_the_token(400, Some("invalid_token")));
    }
}
