//! There is one attestation in place of proofs.

use super::{INVALID_PROOF, demanded};
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-two",
    aliases: &[],
    since: "2026.3",
    title: "two attestations in place of proofs are refused",
    level: Level::Must,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#proof-types"],
    obligation: "proofs.attestation with two entries is refused with 400 invalid_proof or invalid_credential_request",
    doc: "Unlike `jwt`, the array of the `attestation` type has exactly one entry, \
          which attests as many keys as wanted. Issuers take the first and pass over \
          the rest.\n\n\
          Refuse an array of any other length.",
    judge: Judge::Refusal(Refusal {
        tamper: "attestation-twice",
        expects: &[Expectation { codes: CODES, tolerated: &[], ..INVALID_PROOF[0] }],
        control: Control::Needed,
        leniency: None,
    }),
};

/// What is wrong is the proofs, or the request that has them.
const CODES: &[&str] = &["invalid_proof", "invalid_credential_request"];
