//! Once the credential is delivered, its id is worth nothing.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/refuses-redeemed-transaction",
    aliases: &[],
    since: "2026.3",
    title: "a transaction_id is good for one delivery",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::deferred_endpoint,
    spec: &["vci#deferred-credential-request", "vci#deferred-credential-error-response"],
    obligation: "a transaction_id by which credentials were fetched is refused with 400 and invalid_transaction_id",
    doc: "The issuer MUST invalidate the `transaction_id` after the credential has been \
          obtained. Where the credential is kept until some job tidies up, or is made anew for \
          each request, one approval becomes any number of credentials.\n\n\
          Mark the transaction as delivered in the same step that hands the credential out, and \
          answer `400` with `invalid_transaction_id` from then on.",
    judge: Judge::Refusal(Refusal {
        tamper: "redeemed-transaction",
        expects: &[Expectation {
            station: Station::Deferred,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_transaction_id"],
            tolerated: &["invalid_credential_request", "invalid_request"],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};
