//! There is nothing to say to who only tells.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/answers-204",
    aliases: &[],
    since: "2026.3",
    title: "a notification is answered with 204",
    level: Level::Should,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#section-11.2"],
    obligation: "a notification that is taken in is answered with 204",
    doc: "`204 No Content` is RECOMMENDED, since there is nothing to say. An answer `200` with \
          an empty body and `Content-Type: application/json` makes parsers fail that read what \
          the header promises.\n\n\
          Answer `204` without a body.",
    judge: Judge::Answers(Station::Notification, answers_204),
};

fn answers_204(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !answered.answer.is_success() {
        return Finding::Silent("the notification was not taken in");
    }
    let status = answered.answer.status;
    Finding::expect(status == 204, "204", status.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::staged::notified;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_holds, assert_outcome};

    #[test]
    fn another_success_warns() {
        assert_holds(&super::CHECK, &notified(&[204]));
        assert_outcome(&super::CHECK, &notified(&[200]), Outcome::Warn);
    }
}
