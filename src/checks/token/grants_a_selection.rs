//! A wallet need not want all that it was offered.

use super::{asked_for, refuses_the_choice};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/grants-a-selection",
    aliases: &[],
    since: "2026.3",
    title: "a wallet can choose among what is offered",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::authorization_details,
    spec: &["vci#section-6.1.1"],
    obligation: "a token request for some of the offered configurations is granted",
    doc: "A server that compares the authorization details with the whole offer refuses wallets that cannot hold all of \
          the credentials in it. Grant the reduced set.",
    judge: Judge::Answers(Station::Token, grants_a_selection),
};

fn grants_a_selection(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if asked_for(answered).is_none() {
        return Finding::Silent("the request had no authorization_details");
    }
    if answered.member("access_token").is_some() {
        Finding::Holds
    } else if refuses_the_choice(answered) {
        Finding::breaks("a token for what was asked for", answered.summary())
    } else {
        Finding::Silent("the request was refused for another reason")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::{asked_by_details, detailed};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn a_grant_holds_and_a_refusal_of_the_details_does_not() {
        assert_holds(&super::CHECK, &asked_by_details(200, detailed("pid")));
        let refused = json!({"error": "invalid_authorization_details"});
        assert_breaks(
            &super::CHECK,
            &asked_by_details(400, refused),
            "invalid_authorization_details",
        );
    }
}
