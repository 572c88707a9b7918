//! How an offer is ordered by the offer API. That is the affair of the operator's backend; the
//! wallet stands in for it, and takes up nothing of what it is given.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use super::ask::{summary, tampered_with};
use super::draft::{Content, Draft};
use super::session::{Session, Stop};
use super::tampers::Tampering;
use crate::transcript::{Body, Exchange, Received, Request, Station};

/// Sends an order with whatever the operator adds to it, and gives what comes back.
pub type SendOrder =
    Arc<dyn Fn(Value) -> Pin<Box<dyn Future<Output = Received> + Send>> + Send + Sync>;

/// What is at hand for it.
#[derive(Clone)]
pub struct OrderMeans {
    /// Where the offer API is.
    pub url: Url,
    /// An order that it should grant.
    pub order: Value,
    /// The way to it.
    pub send: SendOrder,
}

/// Orders an offer. Untampered, anything but a success stops the wallet. Header fields that the
/// operator adds are not written down.
pub async fn request(
    session: &Session,
    means: Option<&OrderMeans>,
    tamper: Option<Tampering<'_>>,
) -> Result<(), Stop> {
    let no_api = || Stop::NotApplicable("no offer source is an offer API".to_owned());
    let means = means.ok_or_else(no_api)?;
    let mut draft = Draft::post(Station::OfferApi, means.url.clone());
    draft.content = Content::Json(means.order.clone());
    let tampered = tampered_with(&mut draft, tamper, session)?;
    let Content::Json(order) = draft.content.clone() else { return Ok(()) };
    let (mark, ready) = (session.mark(tampered), draft.ready());
    let (at, number) = (Timestamp::now(), session.recorder.next_number());
    let received = (means.send)(order).await;
    session.recorder.exchange(Exchange {
        number,
        station: ready.station,
        wallet: mark.wallet,
        offer: mark.offer,
        step: mark.step,
        racer: mark.racer,
        tamper: mark.tamper,
        superseded: false,
        request: Request {
            at,
            method: ready.method.into_owned(),
            url: ready.url.into(),
            headers: ready.headers,
            body: Body::from(ready.body.as_str()),
            plaintext: None,
        },
        received: received.clone(),
    });
    match received {
        _ if tamper.is_some() => Ok(()),
        Received::Answer(answer) if answer.is_success() => Ok(()),
        Received::Answer(answer) => {
            Err(Stop::Refused(format!("the offer API gave no offer: {}", summary(&answer))))
        }
        Received::Failure(failure) => Err(Stop::Failed(failure.says)),
    }
}
