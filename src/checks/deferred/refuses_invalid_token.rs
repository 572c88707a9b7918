//! A token that nobody issued opens nothing.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/refuses-invalid-token",
    aliases: &[],
    since: "2026.3",
    title: "a deferred request with an unknown access token is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::deferred_endpoint,
    spec: &["vci#deferred-credential-issuance", "rfc6750#section-3.1"],
    obligation: "a deferred credential request with an access token that was never issued is refused with 401 and invalid_token in WWW-Authenticate",
    doc: "A handler that only looks whether there is a token, or that decodes a JWT without \
          verifying it, hands out credentials to anybody. Verify the token before the \
          `transaction_id` is looked up.\n\n\
          RFC 6750 recommends status and code rather than demanding them, so any other refusal \
          warns; an answer that gives something fails.",
    judge: Judge::Refusal(Refusal {
        tamper: "invalid-token",
        expects: &[Expectation {
            station: Station::Deferred,
            applies: applicability::always,
            status: &[401],
            codes: &["invalid_token"],
            tolerated: &["invalid_dpop_proof"],
            code_in: CodeIn::Challenge,
            fixed: false,
        }],
        control: Control::NotNeeded,
        leniency: None,
    }),
};
