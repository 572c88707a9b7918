//! A key that is no point of its curve leaks or crashes.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-malformed-keys",
    aliases: &[],
    since: "2026.3",
    title: "a key proof with a key off its curve is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["rfc7518#section-6.2", "rfc7518#section-3.4"],
    obligation: "a key proof whose jwk names no point of its curve is refused with 400 invalid_proof",
    doc: "The coordinates of the key are replaced by a number that is no point of the curve. A \
          library has to notice before it computes anything; where its error is not caught, the \
          answer is 500.\n\n\
          Catch the error of reading the key, and answer as for any bad proof.",
    judge: Judge::Refusal(invalid_proof("proof-key-off-curve")),
};
