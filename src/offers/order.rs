//! The offer API of an issuer, asked as its operator's backend asks it: what it answers is the
//! thing, and not the offer in it.

use serde_json::Value;
use url::Url;

use super::{HttpMint, OfferError};

/// The member of an order that names what is wanted, as the connector's guide has it.
const CONFIGURATION: &str = "credential_configuration_id";
/// The member by which a Transaction Code is ordered.
const TX_CODE: &str = "tx_code";

/// An offer API, and an order that it should grant.
#[derive(Clone, Debug)]
pub struct OfferApi {
    source: String,
    mint: HttpMint,
    order: Value,
}

/// What an offer API answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered {
    /// The status code.
    pub status: u16,
    /// The header fields in order.
    pub headers: Vec<(String, String)>,
    /// The content.
    pub body: Vec<u8>,
}

impl OfferApi {
    /// The API behind an offer source; none where it is asked in other words than the guide's.
    pub(super) fn of(source: &str, mint: &HttpMint) -> Option<Self> {
        let mut order = mint.posted()?.clone();
        order.get(CONFIGURATION)?.as_str()?;
        order.as_object_mut()?.shift_remove(TX_CODE);
        Some(Self { source: source.to_owned(), mint: mint.clone(), order })
    }

    /// Where it is, without what may be secret in the address.
    pub fn url(&self) -> Option<Url> {
        Url::parse(&self.mint.address()).ok()
    }

    /// An order of an offer without a Transaction Code.
    pub fn order(&self) -> &Value {
        &self.order
    }

    pub(super) async fn send(&self, order: &Value) -> Result<Ordered, OfferError> {
        self.mint.answer(&self.source, Some(order)).await
    }
}

impl Ordered {
    /// Whether there is an offer in it.
    pub(super) fn is_granted(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use std::time::Duration;

    use serde_json::json;
    use wiremock::{Mock, MockServer, ResponseTemplate, matchers::body_json};

    use super::*;
    use crate::offers::{OfferSource, Offers, Reach};

    fn mint(url: &str, body: Value) -> HttpMint {
        let reach = Reach::default();
        HttpMint::new("POST", url, &reach, Duration::from_secs(60)).unwrap().body(body)
    }

    #[tokio::test]
    async fn an_order_is_sent_as_it_is_and_counts_where_it_is_granted() {
        let server = MockServer::start().await;
        let order = json!({"credential_configuration_id": "pid", "claims": {}});
        Mock::given(body_json(&order))
            .respond_with(ResponseTemplate::new(201).set_body_string("made"))
            .mount(&server)
            .await;
        let mut configured = order.clone();
        configured["tx_code"] = json!({"length": 4});
        let source = OfferSource::http("api", mint(&server.uri(), configured));
        let offers = Offers::new(vec![source], None);
        let api = offers.api().unwrap();
        assert_eq!(api.order(), &order);
        let ordered = offers.order(&api, api.order()).await.unwrap();
        assert_eq!((ordered.status, ordered.body), (201, b"made".to_vec()));
        let refused = offers.order(&api, &json!({})).await.unwrap();
        assert_eq!((refused.status, offers.budget().taken()), (404, 1));
    }

    #[test]
    fn other_words_are_another_api() {
        assert!(OfferApi::of("api", &mint("https://h/o", json!({"profile": "pid"}))).is_none());
    }
}
