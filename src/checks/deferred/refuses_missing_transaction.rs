//! Without an id nobody knows what is asked for.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/refuses-missing-transaction",
    aliases: &[],
    since: "2026.3",
    title: "a deferred request without transaction_id is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::deferred_endpoint,
    spec: &["vci#deferred-credential-request", "vci#credential-request-errors"],
    obligation: "a deferred credential request without transaction_id is refused with 400 and invalid_credential_request",
    doc: "An issuer that goes by the access token alone gives the only transaction it finds, and \
          the wrong one once there are two. One that reads the member without looking whether it \
          is there answers `500`.\n\n\
          `transaction_id` is REQUIRED: answer `400` with `invalid_credential_request`.",
    judge: Judge::Refusal(Refusal {
        tamper: "missing-transaction",
        expects: &[Expectation {
            station: Station::Deferred,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_credential_request"],
            tolerated: &["invalid_transaction_id", "invalid_request"],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};
