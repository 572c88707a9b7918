//! The backend learns from a callback alone that the wallet has its credential.

use super::{backend, statuses, told};
use crate::checks::{Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "connector/tells-of-the-issuance",
    aliases: &[],
    since: "2026.3",
    title: "an issued credential is told of by a callback",
    level: Level::Derived,
    raised_by: &[],
    applies: told,
    spec: &["eudiw-connector#test-checklist"],
    obligation: "when the wallet has the credential of an offer, a callback ISSUED follows",
    doc: "The backend has no other way to know that the wallet is done: its page waits for this event, \
          and its records are brought up to date by it.\n\nThe event is waited for as long as \
          `[callback]` says. Look whether the address of the receiver is the one that the issuer was \
          given, and whether a refused callback is tried again.",
    judge: Judge::Transcript(tells_of_the_issuance),
};

fn tells_of_the_issuance(scene: &Scene<'_>) -> Finding {
    let backend = match backend(scene) {
        Ok(backend) => backend,
        Err(silent) => return silent,
    };
    if !scene.granted(Station::Credential).any(|answered| answered.issues()) {
        return Finding::Silent("nothing was issued");
    }
    // With several offers nobody can tell which of them the credential is from.
    let [offer] = backend.offer_ids.as_slice() else {
        return Finding::Silent("there is more than one offer");
    };
    let events = backend.events(offer);
    let is_told = events.iter().any(|event| event.text("status") == Some("ISSUED"));
    Finding::expect(is_told, "ISSUED among the callbacks", statuses(&events))
}

#[cfg(test)]
mod tests {
    use crate::checks::connector::staged::{event, told};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn issued_is_told() {
        let created = event("OFFER_CREATED");
        assert_holds(&super::CHECK, &told(&[created.clone(), event("ISSUED")]));
        assert_breaks(&super::CHECK, &told(&[created]), "OFFER_CREATED");
    }
}
