//! What the issuer told the operator's backend of the offers of a scenario: the receiver's side of
//! an offer API.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What was ordered by the offer API, and what was told of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Backend {
    /// The ids that the offer API gave to the offers of this scenario, in order.
    pub offer_ids: Vec<String>,
    /// What was told of them, in the order in which it arrived.
    pub callbacks: Vec<Callback>,
}

/// One request to the receiver.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Callback {
    /// When it had arrived, on our clock.
    pub at: Timestamp,
    /// Its body, as JSON.
    pub body: Value,
}

impl Callback {
    /// A member of the body that is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name)?.as_str()
    }

    /// Whether it is about the offer of that id: retries and slips in one of the two ids included.
    pub fn is_about(&self, offer_id: &str) -> bool {
        let named = |name| self.text(name) == Some(offer_id);
        named("offerId") || named("eventId")
    }
}

impl Backend {
    /// What was told of an offer, without retries: what has the same `eventId` and `status` as
    /// something earlier.
    pub fn events(&self, offer_id: &str) -> Vec<&Callback> {
        let mut events: Vec<&Callback> = Vec::new();
        for callback in self.callbacks.iter().filter(|callback| callback.is_about(offer_id)) {
            let key = |one: &Callback| {
                (one.body.get("eventId").cloned(), one.body.get("status").cloned())
            };
            if !events.iter().any(|earlier| key(earlier) == key(callback)) {
                events.push(callback);
            }
        }
        events
    }
}
