//! A wallet that heard no answer says it again.

use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/is-idempotent",
    aliases: &[],
    since: "2026.3",
    title: "the same notification may come twice",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#notification-endpoint"],
    obligation: "a notification that was taken in is answered with a success when it comes again",
    doc: "Answers get lost. A wallet that repeats itself and is refused takes the credential for \
          lost, or tries for ever. Issuers break it by deleting the id with the first \
          notification, or by a unique index on id and event whose violation becomes an error.\n\n\
          Look whether the notification is known, and answer as at the first time.",
    judge: Judge::Transcript(is_idempotent),
};

fn is_idempotent(scene: &Scene<'_>) -> Finding {
    let mut finding = Finding::Silent("no notification was sent twice");
    for first in scene.granted(Station::Notification) {
        let again = scene.answers(Station::Notification).find(|again| {
            again.exchange.number > first.exchange.number
                && again.exchange.request.body == first.exchange.request.body
        });
        let Some(again) = again else { continue };
        if matches!(again.answer.status, 429 | 503) {
            continue;
        }
        if !again.answer.is_success() {
            let breach = Breach::new("a success, as at the first time", again.summary());
            return Finding::Breaks(breach.at([first.exchange.number, again.exchange.number]));
        }
        finding = Finding::Holds;
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::super::staged::notified;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn the_second_time_is_like_the_first() {
        assert_holds(&super::CHECK, &notified(&[204, 204]));
        assert_breaks(&super::CHECK, &notified(&[204, 400]), "400");
        assert_outcome(&super::CHECK, &notified(&[204]), Outcome::NotTestable);
    }
}
