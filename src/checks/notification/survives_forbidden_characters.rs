//! A text that is not as it should be is refused or put up with.

use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "notification/survives-forbidden-characters",
    aliases: &[],
    since: "2026.3",
    title: "forbidden characters in event_description do no harm",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#notification"],
    obligation: "a notification whose event_description has characters that are not allowed is taken in or refused, without a server error",
    doc: "`event_description` is for people: ASCII without quotes and backslashes. A wallet that \
          writes a user's language into it makes a mistake, and an issuer that pastes the text \
          into a query or a log line makes a worse one.\n\n\
          Refuse it with `400 invalid_notification_request` or store it as data; both are right.",
    judge: Judge::Transcript(survives_forbidden_characters),
};

fn survives_forbidden_characters(scene: &Scene<'_>) -> Finding {
    match scene.tampered("quoted-description").next() {
        None => Finding::Silent("no such notification was sent"),
        Some(answered) if answered.answer.status == 503 => {
            Finding::Silent("the issuer throttled the request")
        }
        Some(answered) if answered.answer.status >= 500 => {
            let breach = Breach::new("a success, or a refusal with 4xx", answered.summary());
            Finding::Breaks(breach.at([answered.exchange.number]))
        }
        Some(_) => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_holds, assert_outcome};

    const TAMPER: &str = "quoted-description";

    #[test]
    fn only_a_crash_warns() {
        assert_holds(&super::CHECK, &accepted(TAMPER));
        assert_holds(&super::CHECK, &refused(TAMPER, 400, "invalid_notification_request"));
        assert_outcome(&super::CHECK, &refused(TAMPER, 500, "x"), Outcome::Warn);
    }
}
