//! An offer that nobody takes up has an end, and the backend hears of it.

use super::{backend, statuses, told};
use crate::checks::{Check, Finding, Judge, Level, Scene};

/// The scenario that lets an offer lapse.
const LAPSE: &str = "connector/tells-of-the-expiry";

pub static CHECK: Check = Check {
    id: LAPSE,
    aliases: &[],
    since: "2026.3",
    title: "an offer that was not taken up is told of as EXPIRED",
    level: Level::Derived,
    raised_by: &[],
    applies: told,
    spec: &["eudiw-connector#step-3-handle-the-issuance-callback"],
    obligation: "when the session of an offer ends before the wallet has a credential, a callback EXPIRED follows",
    doc: "The session of an offer lives five minutes unless the operator says otherwise. Without \
          `EXPIRED` a backend waits for ever for wallets that never come, and never makes a new \
          offer.\n\nIssuers that look at the age of a session only when somebody asks for it never \
          notice its end: a timer has to. Where the sessions of your issuer live longer than ten \
          minutes, leave the scenario out.",
    judge: Judge::Transcript(tells_of_the_expiry),
};

fn tells_of_the_expiry(scene: &Scene<'_>) -> Finding {
    if !scene.transcript.aims.iter().any(|aim| aim == LAPSE) {
        return Finding::Silent("no offer was left to lapse");
    }
    let backend = match backend(scene) {
        Ok(backend) => backend,
        Err(silent) => return silent,
    };
    let lapsed = |offer: &String| {
        let events = backend.events(offer);
        let is_told = events.iter().any(|event| event.text("status") == Some("EXPIRED"));
        (!is_told).then(|| statuses(&events))
    };
    match backend.offer_ids.iter().find_map(lapsed) {
        Some(found) => Finding::breaks("EXPIRED among the callbacks", found),
        None => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::connector::staged::{event, listened};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};

    fn lapsed(statuses: &[&str]) -> Stage {
        let events: Vec<_> = statuses.iter().map(|status| event(status)).collect();
        let mut stage = listened(Stage::new(), &events);
        stage.transcript().aims = vec![super::LAPSE.to_owned()];
        stage
    }

    #[test]
    fn the_end_is_told() {
        assert_holds(&super::CHECK, &lapsed(&["OFFER_CREATED", "EXPIRED"]));
        assert_breaks(&super::CHECK, &lapsed(&["OFFER_CREATED"]), "OFFER_CREATED");
    }
}
