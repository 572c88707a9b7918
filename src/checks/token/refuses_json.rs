//! A token request is a form.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/refuses-json",
    aliases: &[],
    since: "2026.3",
    title: "a token request as JSON is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-3.2", "rfc6749#section-4.1.3"],
    obligation: "a token request whose body is JSON is refused",
    doc: "OAuth defines one encoding for token requests, `application/x-www-form-urlencoded`. Servers whose framework binds \
          forms and JSON alike accept what no other server accepts, and parameters that come twice in two ways. \
          Bind the form only, and answer 400 with `invalid_request`, or 415.",
    judge: Judge::Refusal(Refusal {
        tamper: "json-token-request",
        expects: &[Expectation {
            station: Station::Token,
            applies: applicability::always,
            status: &[400, 401, 415],
            codes: &[],
            tolerated: &[],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};
