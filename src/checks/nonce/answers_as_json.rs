//! The wallet copies one member out of the answer, so it must be there, and be text.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, served, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "nonce/answers-as-json",
    aliases: &[],
    since: "2026.1",
    title: "a nonce response is JSON with c_nonce",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::nonce_endpoint,
    spec: &["vci#nonce-response"],
    obligation: "a nonce response is application/json with the string c_nonce",
    doc: "Handlers that return a bare string, or name the member `nonce`, were often written \
          against a draft or against the `DPoP-Nonce` header. Return an object with `c_nonce` as a \
          JSON string, also where the value happens to consist of digits, and let the framework \
          set `Content-Type: application/json`.",
    judge: Judge::Answers(Station::Nonce, answers_as_json),
};

fn answers_as_json(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !answered.answer.is_success() {
        return Finding::Silent("no nonce was given");
    }
    let json = served::is_json_object(answered);
    if json != Finding::Holds {
        return json;
    }
    let expected = "a JSON object with the string c_nonce";
    match answered.member("c_nonce") {
        Some(c_nonce) => Finding::expect(
            c_nonce.as_str().is_some_and(|text| !text.is_empty()),
            expected,
            format!("c_nonce is {}", shape::kind(Some(c_nonce))),
        ),
        None => Finding::breaks(expected, "no c_nonce"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    #[test]
    fn c_nonce_is_a_string_in_a_json_object() {
        let stage = |body| Stage::new().answer_json(Station::Nonce, 200, body);
        assert_holds(&super::CHECK, &stage(json!({"c_nonce": "n", "zzz": 1})));
        assert_breaks(&super::CHECK, &stage(json!({"c_nonce": 7})), "c_nonce is a number");
        assert_breaks(&super::CHECK, &stage(json!({"nonce": "n"})), "no c_nonce");
        assert_breaks(&super::CHECK, &stage(json!([])), "array");
    }

    #[test]
    fn the_media_type_says_json() {
        let stage = |headers: &[(&str, &str)]| {
            Stage::new().answer(Station::Nonce, 200, headers, r#"{"c_nonce":"n"}"#)
        };
        assert_holds(&super::CHECK, &stage(&[("content-type", "application/json; charset=utf-8")]));
        assert_breaks(&super::CHECK, &stage(&[("content-type", "text/plain")]), "text/plain");
        assert_breaks(&super::CHECK, &stage(&[]), "no Content-Type");
    }
}
