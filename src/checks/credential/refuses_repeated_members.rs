//! Of two values, nobody knows which was checked.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-repeated-members",
    aliases: &[],
    since: "2026.3",
    title: "a repeated member is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request-errors"],
    obligation: "a credential request in which a member of the body stands twice is refused with 400 invalid_credential_request",
    doc: "Most JSON parsers keep one of two members of the same name, and two parsers on the way may keep different ones: \
          a gateway checks the first, and the issuer acts on the last. The error codes name the case. Turn the \
          detection of duplicates on (`STRICT_DUPLICATE_DETECTION` and the like).",
    judge: Judge::Refusal(Refusal {
        tamper: "repeated-member",
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
