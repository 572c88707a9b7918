//! An empty list proves nothing.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-empty-proofs",
    aliases: &[],
    since: "2026.3",
    title: "proofs without a proof are refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#credential-request", "vci#proof-types"],
    obligation: "a credential request whose proofs hold an empty array is refused with 400 invalid_proof",
    doc: "The array holds at least one proof. A loop over none of them finds no bad one: where the \
          check is `all proofs are good`, an empty array passes it, and the credential is bound to \
          no key.\n\n\
          Ask for the first proof before looking at each.",
    judge: Judge::Refusal(invalid_proof("proof-empty-proofs")),
};
