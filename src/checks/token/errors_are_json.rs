//! A wallet that cannot read an error can only say that something went wrong.

use super::refusals;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "token/errors-are-json",
    aliases: &[],
    since: "2026.1",
    title: "token errors are JSON with error",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-5.2", "vci#token-error-response"],
    obligation: "a refused token request gets 400, or 401 for invalid_client, as application/json with error",
    doc: "Every refusal counts here, also those of requests that no honest wallet sends: that is \
          where a framework's own error page shows. Look for a validation layer in front of the \
          endpoint that answers 422 or HTML, and for handlers that answer 403 or 404 for a code \
          they do not know. The status is 400 for all codes, with 401 left for `invalid_client`.",
    judge: Judge::Transcript(errors_are_json),
};

fn errors_are_json(scene: &Scene<'_>) -> Finding {
    let mut seen = false;
    let mut worst: Option<Breach> = None;
    for answered in refusals(scene) {
        seen = true;
        let number = answered.exchange.number;
        if let Some((expected, actual)) = deviation(&answered) {
            worst.get_or_insert_with(|| Breach::new(expected, actual)).exchanges.push(number);
        }
    }
    match worst {
        Some(breach) => Finding::Breaks(breach),
        None if seen => Finding::Holds,
        None => Finding::Silent("no token request was refused"),
    }
}

/// What was expected and what was found, of an answer that is not as it should be.
fn deviation(answered: &Answered<'_>) -> Option<(&'static str, String)> {
    let code = answered.error_code();
    let status = answered.answer.status;
    let may_be_401 = code.as_deref() == Some("invalid_client");
    if status != 400 && !(status == 401 && may_be_401) {
        let expected = "status 400, or 401 with invalid_client";
        return Some((expected, answered.summary()));
    }
    let media_type = answered.answer.media_type();
    if media_type.as_deref() != Some("application/json") {
        return Some((
            "Content-Type: application/json",
            media_type.unwrap_or_else(|| "no Content-Type".into()),
        ));
    }
    code.is_none_or(|code| code.is_empty()).then(|| {
        let expected = "a JSON object with the string error";
        (expected, answered.summary())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn status_and_code_are_fixed() {
        let stage =
            |status, body| Stage::new().tampered("unknown-code", Station::Token, status, body);
        assert_holds(&super::CHECK, &stage(400, json!({"error": "invalid_grant"})));
        assert_holds(&super::CHECK, &stage(401, json!({"error": "invalid_client"})));
        let of_http = stage(415, json!({}));
        assert_outcome(&super::CHECK, &of_http, Outcome::NotTestable);
        assert_breaks(&super::CHECK, &stage(401, json!({"error": "invalid_grant"})), "401");
        assert_breaks(&super::CHECK, &stage(200, json!({"error": "invalid_grant"})), "200");
        assert_breaks(&super::CHECK, &stage(422, json!({"errors": []})), "422");
        assert_breaks(&super::CHECK, &stage(400, json!({"error": 4})), "without an error code");
    }

    #[test]
    fn the_media_type_says_json() {
        let stage = Stage::new().answer(Station::Token, 400, &[("content-type", "text/html")], "");
        assert_breaks(&super::CHECK, &stage, "text/html");
    }

    #[test]
    fn server_errors_and_throttling_are_others_business() {
        let stage = Stage::new()
            .answer(Station::Token, 500, &[], "")
            .answer(Station::Token, 429, &[], "")
            .answer_json(Station::Token, 200, json!({"access_token": "t"}));
        assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
    }
}
