//! Without `access_token` and `token_type` where every client looks for them there is no token.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, served};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/answers-as-json",
    aliases: &[],
    since: "2026.1",
    title: "a token response is JSON with access_token and token_type",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-5.1", "vci#token-response"],
    obligation: "a token is given with status 200 as application/json with access_token and token_type",
    doc: "Token endpoints that were written by hand like to answer 201, since something was \
          created, or to leave out `token_type`, since there is only one. OAuth libraries in \
          wallets refuse both. The status is 200, the media type `application/json`, and both \
          members are strings; an error has a status of its own and never comes with 200.",
    judge: Judge::Answers(Station::Token, answers_as_json),
};

fn answers_as_json(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !answered.answer.is_success() {
        return Finding::Silent("no token was given");
    }
    if answered.answer.status != 200 {
        return Finding::breaks("status 200", answered.answer.status.to_string());
    }
    let json = served::is_json_object(answered);
    if json != Finding::Holds {
        return json;
    }
    for name in ["access_token", "token_type"] {
        let expected = format!("a JSON object with the string {name}");
        match answered.member(name) {
            None => return Finding::breaks(expected, format!("no {name}")),
            Some(value) if value.as_str().is_none_or(str::is_empty) => {
                return Finding::breaks(expected, format!("{name} that is no text"));
            }
            Some(_) => {}
        }
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::token;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn status_and_members_are_fixed() {
        let stage = |status, body| Stage::new().answer_json(Station::Token, status, body);
        assert_holds(&super::CHECK, &stage(200, token("t")));
        assert_breaks(&super::CHECK, &stage(201, token("t")), "201");
        for (body, actual) in [
            (json!({"access_token": "t"}), "no token_type"),
            (json!({"error": "invalid_grant"}), "no access_token"),
            (json!({"access_token": 1, "token_type": "DPoP"}), "access_token that is no text"),
            (json!([]), "array"),
        ] {
            assert_breaks(&super::CHECK, &stage(200, body), actual);
        }
    }

    #[test]
    fn the_media_type_says_json_and_a_refusal_shows_nothing() {
        let body = token("t").to_string();
        let stage = Stage::new().answer(Station::Token, 200, &[], &body);
        assert_breaks(&super::CHECK, &stage, "no Content-Type");
        let refused = Stage::new().answer_json(Station::Token, 400, json!({}));
        assert_outcome(&super::CHECK, &refused, Outcome::NotTestable);
    }
}
