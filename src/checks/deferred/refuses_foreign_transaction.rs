//! Who knows the id of somebody else still does not get the credential.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/refuses-foreign-transaction",
    aliases: &[],
    since: "2026.3",
    title: "a transaction_id goes with the token that began it",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::deferred_endpoint,
    spec: &["vci#deferred-credential-issuance"],
    obligation: "a deferred credential request by the transaction_id of another wallet, with an access token from another offer, is refused with 400, 401 or 403",
    doc: "The token has to be valid for the credential that was asked for. A handler that \
          verifies the token and then looks the transaction up by its id alone never compares \
          the two.\n\n\
          Keep with the transaction which grant it was begun under, and compare. The check uses \
          two offers of the same source. Where both stand for the same person an issuer may see \
          nothing wrong in it, so this warns; what counts is that it is refused for another \
          person.",
    judge: Judge::Refusal(Refusal {
        tamper: "foreign-transaction",
        expects: &[Expectation {
            station: Station::Deferred,
            applies: applicability::always,
            status: &[400, 401, 403],
            codes: &[],
            tolerated: &[],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};
