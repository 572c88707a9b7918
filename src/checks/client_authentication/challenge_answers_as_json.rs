//! The challenge endpoint answers in the one way that wallets can read.

use crate::checks::proves_nothing::is_throttled;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, served};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "client-authentication/challenge-answers-as-json",
    aliases: &[],
    since: "2026.3",
    title: "the challenge endpoint answers 200 with a challenge",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::challenge_endpoint,
    spec: &["abca#section-8"],
    obligation: "the challenge endpoint answers POST with 200, application/json and attestation_challenge, a string",
    doc: "Wallets that find a `challenge_endpoint` must use it before each request. An \
          endpoint that takes only GET, or that calls the member `nonce` or \
          `challenge`, shuts them out.\n\n\
          Answer POST without authentication, with `{\"attestation_challenge\": …}`.",
    judge: Judge::Answers(Station::Challenge, challenge_answers_as_json),
};

fn challenge_answers_as_json(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    const EXPECTED: &str = "200 with application/json and attestation_challenge";
    if is_throttled(answered) {
        return Finding::Silent("the server had no time");
    }
    if answered.answer.status != 200 {
        return Finding::breaks(EXPECTED, answered.summary());
    }
    if let Finding::Breaks(breach) = served::is_json_object(answered) {
        return Finding::breaks(EXPECTED, breach.actual);
    }
    let challenge = answered.member("attestation_challenge").and_then(|value| value.as_str());
    Finding::expect(
        challenge.is_some_and(|text| !text.is_empty()),
        EXPECTED,
        "no attestation_challenge that is a string",
    )
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;
    use serde_json::json;

    #[test]
    fn a_challenge_holds_and_anything_else_breaks() {
        let answer = |status, body| Stage::new().answer_json(Station::Challenge, status, body);
        let right = json!({ "attestation_challenge": "c", "more": 1 });
        assert_holds(&super::CHECK, &answer(200, right.clone()));
        assert_breaks(&super::CHECK, &answer(201, right), "201");
        assert_breaks(&super::CHECK, &answer(200, json!({ "nonce": "c" })), "no attestation");
        let text = [("content-type", "text/plain")];
        let stage = Stage::new().answer(Station::Challenge, 200, &text, "c");
        assert_breaks(&super::CHECK, &stage, "text/plain");
    }
}
