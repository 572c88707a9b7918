//! A nonce is compared as what it is.

use super::INVALID_PROOF;
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-nonces-that-are-no-text",
    aliases: &[],
    since: "2026.3",
    title: "a key proof whose nonce is no string is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::proof_nonces,
    spec: &["vci#jwt-proof-type"],
    obligation: "a key proof whose nonce is an array around a good c_nonce is refused with 400 invalid_proof or invalid_nonce",
    doc: "The tampered proof has the `c_nonce` that was given, inside an array. Languages that \
          turn values into texts on their own find it equal; others fail with an exception where \
          they expected a string.\n\n\
          Check the type of the claim before its value.",
    judge: Judge::Refusal(Refusal {
        tamper: "proof-nonce-array",
        expects: EITHER,
        control: Control::Needed,
        leniency: None,
    }),
};

/// Either code tells it: the nonce is none that was given, and the proof is none.
const EITHER: &[Expectation] =
    &[Expectation { codes: &["invalid_proof", "invalid_nonce"], ..INVALID_PROOF[0] }];
