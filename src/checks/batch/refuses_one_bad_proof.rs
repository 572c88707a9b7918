//! A batch is as good as its worst proof.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "batch/refuses-one-bad-proof",
    aliases: &[],
    since: "2026.1",
    title: "one bad proof among good ones refuses the batch",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::batch_of_proofs,
    spec: &["vci#credential-request-errors", "vci#verifying-key-proof"],
    obligation: "a credential request in which one of several key proofs is invalid is refused with 400 invalid_proof",
    doc: "`invalid_proof` is defined for requests in which one of the proofs is invalid. \
          An issuer that verifies the first proof only, or filters the bad ones out, gives \
          credentials where it should have stopped; the wallet does not learn that one of \
          its keys is broken.\n\n\
          Verify every proof before anything is signed, and refuse the whole request on \
          the first that fails. Any other code warns.",
    judge: Judge::Refusal(REFUSAL),
};

const REFUSAL: Refusal = Refusal {
    tamper: "batch-one-bad-proof",
    expects: &[Expectation {
        station: Station::Credential,
        applies: applicability::always,
        status: &[400],
        codes: &["invalid_proof"],
        tolerated: &["invalid_credential_request"],
        code_in: CodeIn::Body,
        fixed: false,
    }],
    control: Control::Needed,
    leniency: None,
};
