//! A wallet that knows when its token ends can ask for credentials before that.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/states-its-lifetime",
    aliases: &[],
    since: "2026.1",
    title: "a token response states expires_in",
    level: Level::Should,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-5.1"],
    obligation: "a token response states expires_in as a JSON number of seconds",
    doc: "Without `expires_in` a wallet that fetches credentials later, or in several requests, \
          learns the end of its token from a 401. The value is seconds from now, as a JSON number: \
          `\"3600\"` in quotes is refused by typed clients, and a point in time is read as a \
          lifetime of decades. Look at the serialiser if the number turns into text.",
    judge: Judge::Answers(Station::Token, states_its_lifetime),
};

fn states_its_lifetime(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if answered.member("access_token").is_none() {
        return Finding::Silent("no token was given");
    }
    let expected = "expires_in as a number of seconds";
    match answered.member("expires_in") {
        None => Finding::breaks(expected, "no expires_in"),
        Some(value) => Finding::expect(
            value.as_f64().is_some_and(|seconds| seconds > 0.0),
            expected,
            format!("expires_in is {}", shape::describe(Some(value))),
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn a_number_of_seconds_holds_and_text_warns() {
        let stage = |expires_in: Value| {
            let body = json!({"access_token": "t", "expires_in": expires_in});
            Stage::new().answer_json(Station::Token, 200, body)
        };
        assert_holds(&super::CHECK, &stage(json!(300)));
        assert_breaks(&super::CHECK, &stage(json!("3600")), "\"3600\"");
        assert_outcome(&super::CHECK, &stage(json!(0)), Outcome::Warn);
        let silent = Stage::new().answer_json(Station::Token, 200, json!({"access_token": "t"}));
        assert_breaks(&super::CHECK, &silent, "no expires_in");
    }
}
