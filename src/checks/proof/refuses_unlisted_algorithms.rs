//! What is not announced is not agreed.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-unlisted-algorithms",
    aliases: &[],
    since: "2026.3",
    title: "a key proof by an algorithm that is not listed is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type", "vci#verifying-key-proof"],
    obligation: "a key proof by an algorithm that proof_signing_alg_values_supported does not list is refused with 400 invalid_proof",
    doc: "The `alg` of a key proof has to be one of the listed ones, so a proof by another is not \
          valid. The proof sent here is good otherwise, by a key of the kind that its algorithm needs. \
          An issuer that takes it has a list that is shorter than what its library verifies, and binds \
          credentials to keys that verifiers in its ecosystem may not know.\n\n\
          Hand the list of the metadata to the library as the algorithms it may accept, or extend the \
          list.",
    judge: Judge::Refusal(invalid_proof("proof-unlisted-alg")),
};
