//! Retries are told by `eventId` and `status`, which works only while the id is that of the offer.

use super::{each, told};
use crate::checks::{Check, Finding, Judge, Level, Scene};
use crate::transcript::Callback;

pub static CHECK: Check = Check {
    id: "connector/event-id-is-the-offer-id",
    aliases: &[],
    since: "2026.3",
    title: "the eventId of a callback is its offerId",
    level: Level::Derived,
    raised_by: &[],
    applies: told,
    spec: &["eudiw-connector#step-3-handle-the-issuance-callback"],
    obligation: "the eventId of a callback is the same as its offerId",
    doc: "A callback may be sent more than once. The backend keeps `eventId` and `status` together and \
          passes over what it has seen. With an id that is new in each callback every retry looks like \
          a new event, and a customer is told twice that a credential is there.\n\nWrite the id of the \
          offer into both members, and draw none.",
    judge: Judge::Transcript(event_id_is_the_offer_id),
};

fn event_id_is_the_offer_id(scene: &Scene<'_>) -> Finding {
    each(scene, "eventId equal to offerId", wrong)
}

/// What lacks one of them is another check's affair.
fn wrong(callback: &Callback) -> Option<String> {
    let (event, offer) = (callback.text("eventId")?, callback.text("offerId")?);
    let status = callback.text("status").unwrap_or("no status");
    (event != offer).then(|| format!("eventId {event:?} beside offerId {offer:?} ({status})"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::connector::staged::{event, told};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn the_same_id_holds_and_another_does_not() {
        assert_holds(&super::CHECK, &told(&[event("ISSUED")]));
        let mut other = event("ISSUED");
        other["eventId"] = json!("e1");
        assert_breaks(&super::CHECK, &told(&[other]), "e1");
    }
}
