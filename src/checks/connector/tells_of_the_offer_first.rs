//! The backend starts its clock when it hears of the offer.

use super::{backend, statuses, told};
use crate::checks::{Check, Finding, Judge, Level, Scene};

pub static CHECK: Check = Check {
    id: "connector/tells-of-the-offer-first",
    aliases: &[],
    since: "2026.3",
    title: "the first callback of an offer is OFFER_CREATED",
    level: Level::Derived,
    raised_by: &[],
    applies: told,
    spec: &["eudiw-connector#test-checklist"],
    obligation: "an offer is told of by a callback OFFER_CREATED, before anything that becomes of it",
    doc: "`OFFER_CREATED` is what audit logs and time-outs of the backend hang on. Where it is missing, \
          or overtaken by `ISSUED`, the backend hears of the end of something that it never saw begin.\
          \n\nIssuers come to it by sending callbacks side by side, without an order for one offer. \
          Send the next one only when the one before was answered.",
    judge: Judge::Transcript(tells_of_the_offer_first),
};

fn tells_of_the_offer_first(scene: &Scene<'_>) -> Finding {
    let backend = match backend(scene) {
        Ok(backend) => backend,
        Err(silent) => return silent,
    };
    for offer in &backend.offer_ids {
        let events = backend.events(offer);
        let first = events.first().and_then(|event| event.text("status"));
        if first != Some("OFFER_CREATED") {
            return Finding::breaks("OFFER_CREATED as the first callback", statuses(&events));
        }
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use crate::checks::connector::staged::{event, told};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn it_comes_and_comes_first() {
        let (created, issued) = (event("OFFER_CREATED"), event("ISSUED"));
        assert_holds(&super::CHECK, &told(&[created.clone(), created.clone(), issued.clone()]));
        assert_breaks(&super::CHECK, &told(&[issued, created]), "ISSUED, OFFER_CREATED");
        assert_breaks(&super::CHECK, &told(&[]), "no callback");
    }
}
