//! Less was asked for, and less is granted.

use super::{asked_for, refuses_the_choice};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::TokenResponse;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/keeps-to-the-selection",
    aliases: &[],
    since: "2026.3",
    title: "a token reaches no further than the choice",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::authorization_details,
    spec: &["vci#section-6.1.1"],
    obligation: "the authorization details of a token response name no configuration that the request did not ask for",
    doc: "An offer may name several configurations, and a wallet choose among them by `authorization_details`. A server that \
          grants the whole offer all the same gives a token that can do more than its holder wanted, to whoever \
          gets hold of it.",
    judge: Judge::Answers(Station::Token, keeps_to_the_selection),
};

fn keeps_to_the_selection(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    let Some(asked) = asked_for(answered) else {
        return Finding::Silent("the request had no authorization_details");
    };
    if refuses_the_choice(answered) {
        return Finding::Exempt("the choice was refused");
    }
    let Some(json) = answered.json.filter(|_| answered.answer.is_success()) else {
        return Finding::Silent("no token was granted");
    };
    let response = TokenResponse::new(json);
    if response.authorization_details().next().is_none() {
        return Finding::Exempt("the response says nothing of what was granted");
    }
    let ids = response
        .authorization_details()
        .filter_map(|detail| detail.get("credential_configuration_id")?.as_str());
    let further: Vec<&str> = ids.filter(|id| !asked.iter().any(|own| own == id)).collect();
    Finding::expect(
        further.is_empty(),
        format!("authorization_details for {} only", asked.join(", ")),
        format!("some for {} too", further.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    use super::super::staged::{asked_by_details, detailed};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn nothing_is_granted_that_was_not_asked_for() {
        assert_holds(&super::CHECK, &asked_by_details(200, detailed("pid")));
        assert_breaks(&super::CHECK, &asked_by_details(200, detailed("mdl")), "some for mdl too");
    }
}
