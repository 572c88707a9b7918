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
