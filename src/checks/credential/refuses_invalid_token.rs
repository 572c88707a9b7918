//! A token nobody issued opens nothing.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-invalid-token",
    aliases: &[],
    since: "2026.1",
    title: "an invalid access token is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#authorization-errors", "rfc6750#section-3.1"],
    obligation: "a credential request with an access token that was never issued is refused with 401 and invalid_token in WWW-Authenticate",
    doc: "The wallet has to know whether to fetch a new token or to mend its request. The error \
          codes of the Credential Endpoint are for the request; a bad token is answered as RFC 6750 \
          has it, with `401` and `WWW-Authenticate: Bearer error=\"invalid_token\"` (or the `DPoP` \
          scheme).\n\n\
          RFC 6750 recommends status and code rather than demanding them, so any other refusal \
          warns; issuing a credential fails.",
    judge: Judge::Refusal(Refusal {
        tamper: "invalid-token",
        expects: &[Expectation {
            station: Station::Credential,
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
