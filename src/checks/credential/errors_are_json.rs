//! A wallet mends its request by what the error says, if it can read it.

use super::payload_errors;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "credential/errors-are-json",
    aliases: &[],
    since: "2026.1",
    title: "errors about the request are 400, JSON and specific",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request-errors"],
    obligation: "a refusal of what a credential request contains has status 400, media type application/json, an error member, and not the generic invalid_request",
    doc: "Each refusal that this run provoked at the Credential Endpoint is looked at. Common \
          breaches: `422` from a validation layer, `application/problem+json` or an HTML page from \
          the framework, `\"error\": {\"code\": …}` instead of a string, and `invalid_request`, \
          which the specification replaces by the codes of its section 8.3.1.2.\n\n\
          Map every validation error of the Credential Endpoint to one function that writes \
          `400`, `application/json` and one of those codes. Errors about the token are another \
          matter: 401 or 403 with `WWW-Authenticate`.",
    judge: Judge::Transcript(errors_are_json),
};

fn errors_are_json(scene: &Scene<'_>) -> Finding {
    let mut seen = false;
    for answered in payload_errors(scene) {
        seen = true;
        if let Some((expected, actual)) = deviation(&answered) {
            let breach = Breach::new(expected, actual).at([answered.exchange.number]);
            return Finding::Breaks(breach);
        }
    }
    if seen {
        Finding::Holds
    } else {
        Finding::Silent("no credential request was refused for its content")
    }
}

fn deviation(answered: &Answered<'_>) -> Option<(&'static str, String)> {
    let media_type = answered.answer.media_type();
    if media_type.as_deref() != Some("application/json") {
        let found = media_type.unwrap_or_else(|| "no Content-Type".to_owned());
        let status = answered.answer.status;
        return Some(("400 with application/json", format!("{status} with {found}")));
    }
    if answered.answer.status != 400 {
        return Some(("400", answered.summary()));
    }
    match answered.error_code().as_deref() {
        None => Some(("a JSON object with error, a string", answered.summary())),
        Some("invalid_request") => {
            Some(("an error code of the Credential Endpoint", "invalid_request".to_owned()))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(tamper: &str, status: u16, media_type: &str, body: &str) -> Stage {
        let headers = [("content-type", media_type)];
        Stage::new().tampered_raw(tamper, Station::Credential, status, &headers, body)
    }

    #[test]
    fn a_specific_code_as_json_holds() {
        let body = r#"{"error":"invalid_proof"}"#;
        let stage = stage("proof-alg-none", 400, "application/json", body);
        assert_holds(&super::CHECK, &stage);
    }

    #[test]
    fn other_shapes_break() {
        let cases = [
            (422, "application/json", r#"{"error":"invalid_proof"}"#, "422"),
            (400, "text/html", "<h1>Bad Request</h1>", "text/html"),
            (400, "application/json", r#"{"error":"invalid_request"}"#, "invalid_request"),
            (400, "application/json", r#"{"error":{"code":1}}"#, "without an error code"),
        ];
        for (status, media_type, body, says) in cases {
            let stage = stage("malformed-json", status, media_type, body);
            assert_breaks(&super::CHECK, &stage, says);
        }
    }

    #[test]
    fn errors_about_the_token_are_not_looked_at() {
        for (tamper, status) in [("token-in-query", 400), ("proof-alg-none", 401)] {
            let stage = stage(tamper, status, "text/plain", "");
            assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
        }
    }
}
