//! What a wallet was asked to tell, the issuer hears.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/succeeds",
    aliases: &[],
    since: "2026.3",
    title: "a notification is taken in",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#section-11.2"],
    obligation: "a notification that credentials were accepted is answered with a 2xx status",
    doc: "The notification is sent with the token that got the credentials and with the id that \
          came with them; there is nothing to refuse. Issuers break it by redirecting, by a body \
          parser that wants another media type than `application/json`, or by forgetting the id \
          as soon as the credential is out.\n\n\
          Answer any 2xx, best `204`. What is refused for its token is told by \
          `notification/takes-the-access-token`.",
    judge: Judge::Answers(Station::Notification, succeeds),
};

fn succeeds(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let status = answered.answer.status;
    if matches!(status, 401 | 403 | 429 | 503) {
        return Finding::Silent("the answer is about the token, or the rate");
    }
    if !answered.answer.is_success() && is_repeated(answered, scene) {
        return Finding::Silent("the same was taken in before");
    }
    Finding::expect(answered.answer.is_success(), "a 2xx status", answered.summary())
}

/// Whether the same notification was taken in before: `notification/is-idempotent` says the rest.
fn is_repeated(answered: &Answered<'_>, scene: &Scene<'_>) -> bool {
    scene.granted(Station::Notification).any(|earlier| {
        earlier.exchange.number < answered.exchange.number
            && earlier.exchange.request.body == answered.exchange.request.body
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::notified;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn a_success_holds() {
        assert_holds(&super::CHECK, &notified(&[204]));
        assert_breaks(&super::CHECK, &notified(&[400]), "400");
        assert_outcome(&super::CHECK, &notified(&[302]), Outcome::Fail);
        assert_holds(&super::CHECK, &notified(&[204, 400]));
        let stage = notified(&[204]).answer_json(Station::Notification, 401, json!({}));
        assert_holds(&super::CHECK, &stage);
    }
}
