//! Who asks by details learns by details what was granted.

use super::{asked_for, refuses_the_choice};
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::TokenResponse;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/returns-authorization-details",
    aliases: &[],
    since: "2026.3",
    title: "authorization details are answered with authorization details",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::authorization_details,
    spec: &["vci#token-response"],
    obligation: "a token response to a request with authorization details has authorization details for what was asked for",
    doc: "A wallet that asked by `authorization_details` needs the `credential_identifiers` in the answer for its credential \
          requests. Servers that announce the type `openid_credential` for the authorization endpoint, and overlook the \
          parameter at the token endpoint, leave it with a token for who knows what.",
    judge: Judge::Answers(Station::Token, returns_authorization_details),
};

fn returns_authorization_details(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
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
    let missing: Vec<&str> = asked
        .iter()
        .map(String::as_str)
        .filter(|id| response.credential_identifiers(id).is_empty())
        .collect();
    let breach = Breach::new(
        "authorization_details with credential_identifiers for each configuration asked for",
        format!("none for {}", missing.join(", ")),
    );
    if missing.is_empty() {
        Finding::Holds
    } else if missing.len() == asked.len() {
        Finding::Breaks(breach)
    } else {
        Finding::Warns(breach, "a server may grant less than was asked for")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::{asked_by_details, detailed};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn what_was_asked_for_is_there() {
        assert_holds(&super::CHECK, &asked_by_details(200, detailed("pid")));
        assert_breaks(
            &super::CHECK,
            &asked_by_details(200, json!({"access_token": "t"})),
            "none for pid",
        );
        assert_breaks(&super::CHECK, &asked_by_details(200, detailed("mdl")), "none for pid");
    }
}
