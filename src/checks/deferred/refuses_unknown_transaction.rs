//! An id that nobody was given leads nowhere.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/refuses-unknown-transaction",
    aliases: &[],
    since: "2026.3",
    title: "an unknown transaction_id is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::deferred_endpoint,
    spec: &["vci#deferred-credential-error-response"],
    obligation: "a deferred credential request by a transaction_id that the issuer never gave is refused with 400 and invalid_transaction_id",
    doc: "A handler that answers `404`, as a look-up by id would in a REST interface, leaves the \
          wallet to guess whether the endpoint is gone or the transaction is. One that answers \
          `202` for everything it does not know keeps wallets asking for ever.\n\n\
          Answer `400` with `invalid_transaction_id`. Another refusal warns: the text gives the \
          code without a MUST of its own.",
    judge: Judge::Refusal(Refusal {
        tamper: "unknown-transaction",
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
