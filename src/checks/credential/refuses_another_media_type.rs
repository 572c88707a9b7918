//! What is labelled as text is not read as JSON.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-another-media-type",
    aliases: &[],
    since: "2026.3",
    title: "a body of another media type is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request", "rfc9110#section-15.5.16"],
    obligation: "a credential request whose Content-Type is text/plain is refused with 415 or 400",
    doc: "Browsers send `text/plain` across origins without asking first, so an endpoint that reads it as JSON all the same \
          takes requests that a page was not allowed to make. Let the framework insist on `application/json`, and \
          answer 415, or 400 with `invalid_credential_request`.",
    judge: Judge::Refusal(Refusal {
        tamper: "text-body",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[415, 400],
            codes: &[],
            tolerated: &[],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};
