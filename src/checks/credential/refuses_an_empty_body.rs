//! Nothing was asked for.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-an-empty-body",
    aliases: &[],
    since: "2026.3",
    title: "a request without a body is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request-errors"],
    obligation: "a credential request with an empty body is refused with 400 invalid_credential_request",
    doc: "An empty body is no JSON, and frameworks hand handlers nothing at all for it, where the code expects an object. \
          Map it to the same answer as a malformed body.",
    judge: Judge::Refusal(Refusal {
        tamper: "empty-body",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400, 411, 415],
            codes: &["invalid_credential_request", "invalid_encryption_parameters"],
            tolerated: &[],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};
