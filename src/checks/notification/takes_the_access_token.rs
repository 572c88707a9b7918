//! The wallet has one token, and it has to do.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/takes-the-access-token",
    aliases: &[],
    since: "2026.3",
    title: "the token that got the credential is good for the notification",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#notification-endpoint"],
    obligation: "the Notification Endpoint takes the access token by which the credentials were fetched",
    doc: "Tokens with an audience or a scope for the Credential Endpoint alone are refused here \
          with 401 or 403, and the wallet has no other. So are tokens that end with the delivery \
          of the credential.\n\n\
          An issuer that gives a `notification_id` wants to be told: make the token good for \
          both endpoints.",
    judge: Judge::Answers(Station::Notification, takes_the_access_token),
};

fn takes_the_access_token(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    let is_refused = matches!(answered.answer.status, 401 | 403);
    let expected = "an answer to the notification, not to its access token";
    Finding::expect(!is_refused, expected, answered.summary())
}

#[cfg(test)]
mod tests {
    use super::super::staged::notified;
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn a_refused_token_breaks() {
        assert_holds(&super::CHECK, &notified(&[204]));
        assert_breaks(&super::CHECK, &notified(&[401]), "401");
        assert_breaks(&super::CHECK, &notified(&[403]), "403");
    }
}
