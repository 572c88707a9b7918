//! The way from a scenario to the offer API: offers know how it is asked, the transcript has what it
//! answered.

use std::sync::Arc;

use jiff::Timestamp;

use crate::offers::{OfferError, Offers, Ordered};
use crate::transcript::{Answer, Body, Failure, FailureKind, Headers, Received};
use crate::wallet::OrderMeans;

/// What a wallet orders offers with, where one of the sources is an offer API.
pub fn means(offers: Option<&Arc<Offers>>) -> Option<OrderMeans> {
    let offers = Arc::clone(offers?);
    let api = offers.api()?;
    let (url, order) = (api.url()?, api.order().clone());
    let send = Arc::new(move |order| {
        let (offers, api) = (Arc::clone(&offers), api.clone());
        let answer = async move { received(offers.order(&api, &order).await) };
        Box::pin(answer) as std::pin::Pin<Box<dyn Future<Output = Received> + Send>>
    });
    Some(OrderMeans { url, order, send })
}

fn received(ordered: Result<Ordered, OfferError>) -> Received {
    let at = Timestamp::now();
    match ordered {
        Ok(Ordered { status, headers, body }) => Received::Answer(Answer {
            at,
            status,
            headers: Headers(headers),
            body: Body::from_octets(body),
            plaintext: None,
        }),
        Err(error) => {
            let kind = match error {
                OfferError::TimedOut { .. } => FailureKind::TimedOut,
                OfferError::TooLong { .. } => FailureKind::TooLarge,
                _ => FailureKind::Connect,
            };
            Received::Failure(Failure { at, kind, says: error.to_string() })
        }
    }
}
