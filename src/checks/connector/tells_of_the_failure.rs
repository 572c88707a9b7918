//! A backend that is not told of the end makes nobody a new offer.

use super::{backend, statuses, told};
use crate::checks::{Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

/// The scenario that locks an offer.
const LOCK: &str = "connector/tells-of-the-failure";

pub static CHECK: Check = Check {
    id: LOCK,
    aliases: &[],
    since: "2026.3",
    title: "an issuance that failed is told of as FAILED",
    level: Level::Derived,
    raised_by: &[],
    applies: told,
    spec: &["eudiw-connector#step-3-handle-the-issuance-callback"],
    obligation: "when the code of an offer is dead after wrong transaction codes, a callback FAILED follows",
    doc: "After too many wrong transaction codes the right one does not help any more: the issuance has \
          failed, and the user needs a new offer. A backend that is left to wait for `EXPIRED` learns of \
          it minutes later, and never why.\n\nSend `FAILED` with `errorDetails` where the code is \
          taken out of use. An issuer that lets the right code through after six wrong ones is not \
          judged here.",
    judge: Judge::Transcript(tells_of_the_failure),
};

fn tells_of_the_failure(scene: &Scene<'_>) -> Finding {
    if !scene.transcript.aims.iter().any(|aim| aim == LOCK) {
        return Finding::Silent("no offer was locked");
    }
    let backend = match backend(scene) {
        Ok(backend) => backend,
        Err(silent) => return silent,
    };
    let mut right = scene.answers(Station::Token);
    match right.next() {
        None => return Finding::Silent("the right code was not tried"),
        Some(answered) if answered.grants_something() => {
            return Finding::Exempt("the right transaction code works after six wrong ones");
        }
        Some(answered) if answered.error_code().as_deref() != Some("invalid_grant") => {
            return Finding::Exempt("the right transaction code was refused for something else");
        }
        Some(_) => {}
    }
    let silent = |offer: &String| {
        let events = backend.events(offer);
        let is_told = events.iter().any(|event| event.text("status") == Some("FAILED"));
        (!is_told).then(|| statuses(&events))
    };
    match backend.offer_ids.iter().find_map(silent) {
        Some(found) => Finding::breaks("FAILED among the callbacks", found),
        None => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::connector::staged::{event, listened};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn locked(statuses: &[&str], status: u16) -> Stage {
        let events: Vec<_> = statuses.iter().map(|status| event(status)).collect();
        let body = match status {
            200 => json!({"access_token": "t"}),
            _ => json!({"error": "invalid_grant"}),
        };
        listened(Stage::new().answer_json(Station::Token, status, body), &events)
    }

    #[test]
    fn the_end_is_told_where_there_is_one() {
        assert_holds(&super::CHECK, &locked(&["OFFER_CREATED", "FAILED"], 400));
        let silent = locked(&["OFFER_CREATED"], 400);
        assert_breaks(&super::CHECK, &silent, "OFFER_CREATED");
        let patient = locked(&["OFFER_CREATED"], 200);
        assert_outcome(&super::CHECK, &patient, Outcome::NotApplicable);
    }
}
