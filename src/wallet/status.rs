//! What a wallet can do about the status of its credentials: look it up, and, where the user gave a
//! hook to the issuer's operator, have it changed.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::ask::patiently;
use super::document::Document;
use super::elsewhere::client_for;
use super::session::{Session, Stop};
use crate::formats::{StatusListToken, StatusReference, is_for_cwts, status_claim};
use crate::protocol::{CredentialResponse, Deferral};
use crate::transcript::{NewStatus, Station, StatusChange};

/// The most lists that are fetched in one step.
const MOST_LISTS: usize = 4;
/// The most redirects that are followed to a list.
const MOST_REDIRECTS: usize = 3;
/// `iat` has no more than seconds.
const NEXT_SECOND: Duration = Duration::from_millis(1100);
const NO_STATUS: &str = "no credential at hand refers to a status list";

/// Has a status changed by the issuer's operator, or says why it could not be.
pub type SetStatus = Arc<
    dyn Fn(StatusReference, NewStatus) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send>>
        + Send
        + Sync,
>;

/// What is at hand for it.
#[derive(Clone, Default)]
pub struct StatusMeans {
    /// The way to the issuer's operator.
    pub set: Option<SetStatus>,
    /// Hosts that an issuer may send us to though they are not its own and not public.
    pub allow_host: Vec<String>,
}

/// Fetches the lists that the credentials at hand refer to, each anew. Where a list does not show
/// yet what was changed, and may be older, it is fetched once more.
pub async fn fetch(session: &Session, means: &StatusMeans) -> Result<(), Stop> {
    fetch_once(session, means).await?;
    if lags_behind(session) {
        tokio::time::sleep(NEXT_SECOND).await;
        fetch_once(session, means).await?;
    }
    Ok(())
}

/// Whether the last list was made before the last change, or in the same second, and does not show
/// it.
fn lags_behind(session: &Session) -> bool {
    let look = || {
        let change = session.recorder.last_status_change()?;
        let answer = session.recorder.last_answer(&session.name, Station::StatusList, 0)?;
        let token = StatusListToken::open(answer.body.text()?).ok()?;
        let shows = token.list().ok()?.get(change.index) == Some(change.status.value());
        Some(!shows && token.seconds("iat")? <= change.at.as_second() as f64)
    };
    look() == Some(true)
}

async fn fetch_once(session: &Session, means: &StatusMeans) -> Result<(), Stop> {
    let own = own_hosts(session);
    let is_for_mdocs = credentials(session).iter().all(|credential| is_for_cwts(credential));
    let mut lists: Vec<Url> = Vec::new();
    for reference in at_hand(session)? {
        let url = Url::parse(&reference.uri).ok();
        lists.extend(url.filter(|url| !lists.contains(url)));
    }
    for url in lists.into_iter().take(MOST_LISTS) {
        let mut next = Some(url);
        for _ in 0..=MOST_REDIRECTS {
            let Some(url) = next.take() else { break };
            let client = client_for(&url, &session.http, &own, &means.allow_host).await;
            let host = url.host_str().unwrap_or_default();
            let client = client.ok_or_else(|| {
                let why =
                    format!("the status list is at {host}, which is not public: --allow-host");
                Stop::NotApplicable(why)
            })?;
            let ready = Document::status_list(url.clone(), is_for_mdocs).request();
            let mark = session.mark(None);
            let recorded = patiently(client.get(), &session.recorder, &mark, &ready).await;
            next = recorded.answer().and_then(|answer| answer.redirects_to(&url));
        }
    }
    Ok(())
}

/// Has the status of the first credential at hand changed.
pub async fn set(session: &Session, means: &StatusMeans, status: NewStatus) -> Result<(), Stop> {
    let references = at_hand(session)?;
    let reference =
        references.into_iter().next().ok_or_else(|| Stop::NotApplicable(NO_STATUS.to_owned()))?;
    let set = means
        .set
        .as_ref()
        .ok_or_else(|| Stop::NotApplicable("there is no [revoke] in vcispec.toml".to_owned()))?;
    set(reference.clone(), status).await.map_err(Stop::Failed)?;
    session.recorder.status_change(StatusChange {
        step: session.step,
        at: Timestamp::now(),
        uri: reference.uri,
        index: reference.index,
        status,
    });
    Ok(())
}

/// The credentials that came last.
fn credentials(session: &Session) -> Vec<String> {
    let last = |station| session.recorder.last_answer(&session.name, station, 0)?.said().json();
    let at_once = last(Station::Credential).filter(|json| Deferral::read(json).is_none());
    let json = at_once.or_else(|| last(Station::Deferred));
    let texts = json.iter().flat_map(|json| CredentialResponse::new(json).credentials());
    texts.map(str::to_owned).collect()
}

/// Where they say that their status is.
fn at_hand(session: &Session) -> Result<Vec<StatusReference>, Stop> {
    let references: Vec<StatusReference> = credentials(session)
        .iter()
        .filter_map(|credential| status_claim(credential))
        .filter_map(|status| StatusReference::read(&status).ok())
        .collect();
    match references.is_empty() {
        true => Err(Stop::NotApplicable(NO_STATUS.to_owned())),
        false => Ok(references),
    }
}

fn own_hosts(session: &Session) -> Vec<String> {
    let Some(issuer) = &session.issuer else { return Vec::new() };
    let server = issuer.server();
    [Some(issuer.identifier.as_str()), server.issuer()]
        .into_iter()
        .flatten()
        .filter_map(|url| Url::parse(url).ok()?.host_str().map(str::to_owned))
        .collect()
}
