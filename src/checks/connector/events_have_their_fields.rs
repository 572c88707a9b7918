//! A backend can only act on events whose fields it knows.

use super::{each, told};
use crate::checks::{Check, Finding, Judge, Level, Scene};
use crate::transcript::Callback;

const STATUSES: [&str; 4] = ["OFFER_CREATED", "ISSUED", "FAILED", "EXPIRED"];

pub static CHECK: Check = Check {
    id: "connector/events-have-their-fields",
    aliases: &[],
    since: "2026.3",
    title: "a callback says which event of which offer it is",
    level: Level::Derived,
    raised_by: &[],
    applies: told,
    spec: &["eudiw-connector#step-3-handle-the-issuance-callback"],
    obligation: "a callback has eventId, offerId and a status that is OFFER_CREATED, ISSUED, FAILED or EXPIRED, and errorDetails where it is FAILED",
    doc: "The backend finds the offer by `offerId`, tells retries by `eventId` and `status`, and acts \
          on the `status`. An event without one of them, or with a status that nobody announced, is \
          lost, or is taken for another. A `FAILED` without `errorDetails` leaves the operator \
          guessing.\n\nLook at the code that writes the event: each way in which an issuance can end \
          has to go through it.",
    judge: Judge::Transcript(events_have_their_fields),
};

fn events_have_their_fields(scene: &Scene<'_>) -> Finding {
    each(scene, "eventId, offerId and one of the four statuses", wrong)
}

fn wrong(callback: &Callback) -> Option<String> {
    for name in ["eventId", "offerId", "status"] {
        if callback.text(name).is_none_or(str::is_empty) {
            return Some(format!("a callback without {name}"));
        }
    }
    let status = callback.text("status").unwrap_or_default();
    if !STATUSES.contains(&status) {
        return Some(format!("the status {status:?}"));
    }
    let is_silent = callback.text("errorDetails").is_none_or(str::is_empty);
    (status == "FAILED" && is_silent).then(|| "FAILED without errorDetails".to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::connector::staged::{event, told};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn the_four_statuses_hold() {
        let mut failed = event("FAILED");
        failed["errorDetails"] = json!("no signing key");
        let events = [event("OFFER_CREATED"), event("ISSUED"), event("EXPIRED"), failed];
        assert_holds(&super::CHECK, &told(&events));
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        assert_breaks(&super::CHECK, &told(&[event("FAILED")]), "errorDetails");
        assert_breaks(&super::CHECK, &told(&[event("DONE")]), "DONE");
        let bare = json!({"eventId": "o1", "status": "ISSUED"});
        assert_breaks(&super::CHECK, &told(&[bare]), "offerId");
    }
}
