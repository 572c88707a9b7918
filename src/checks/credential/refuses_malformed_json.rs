//! A body that cannot be read is the sender's fault, and must be told so.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-malformed-json",
    aliases: &[],
    since: "2026.1",
    title: "a body that is no JSON is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request-errors"],
    obligation: "a credential request whose body is not well-formed JSON is refused with 400 invalid_credential_request",
    doc: "Frameworks parse bodies before the handler is called, and their own answer (an HTML page, \
          a `422` with a problem document, a `500` with a stack trace) reaches the wallet.\n\n\
          Install an error handler for unreadable bodies on the Credential Endpoint that answers \
          `400` with `{\"error\": \"invalid_credential_request\"}`. The code is a recommendation, so \
          another refusal warns here; that errors are JSON is `credential/errors-are-json`.",
    judge: Judge::Refusal(Refusal {
        tamper: "malformed-json",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_credential_request"],
            tolerated: &[],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;
    use serde_json::json;

    fn refused(status: u16, code: &str) -> Stage {
        let body = json!({ "error": code });
        Stage::new().tampered("malformed-json", Station::Credential, status, body)
    }

    fn stage(status: u16, code: &str) -> Stage {
        let issued = json!({"credentials": [{"credential": "a~"}]});
        refused(status, code).answer_json(Station::Credential, 200, issued)
    }

    #[test]
    fn the_code_holds_and_another_warns() {
        assert_holds(&super::CHECK, &stage(400, "invalid_credential_request"));
        assert_outcome(&super::CHECK, &stage(422, "unprocessable"), Outcome::Warn);
    }

    #[test]
    fn a_server_error_fails_and_a_missing_control_proves_nothing() {
        assert_breaks(&super::CHECK, &stage(500, "internal"), "server error");
        let alone = refused(400, "invalid_credential_request");
        assert_outcome(&super::CHECK, &alone, Outcome::Inconclusive);
    }
}
