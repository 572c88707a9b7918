//! A token that nobody issued says nothing about who is speaking.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/refuses-invalid-token",
    aliases: &[],
    since: "2026.3",
    title: "a notification with an unknown access token is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#section-11.3", "rfc6750#section-3.1"],
    obligation: "a notification with an access token that was never issued is refused with 401 and invalid_token in WWW-Authenticate",
    doc: "A handler that only looks whether there is a token takes notifications from anybody. \
          Verify the token as the Credential Endpoint does.\n\n\
          RFC 6750 recommends status and code rather than demanding them, so any other refusal \
          warns; a success fails.",
    judge: Judge::Refusal(Refusal {
        tamper: "invalid-token",
        expects: &[Expectation {
            station: Station::Notification,
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
