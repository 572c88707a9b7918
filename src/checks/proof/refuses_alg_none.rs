//! An unsigned proof proves nothing.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-alg-none",
    aliases: &[],
    since: "2026.1",
    title: "a key proof with alg none is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type", "vci#verifying-key-proof"],
    obligation: "a key proof with alg none is refused with 400 invalid_proof",
    doc: "A verifier that takes the algorithm from the header, and finds `none` there, has \
          nothing to verify and may call that success. The JWT then carries whatever key \
          its sender likes.\n\n\
          Fix the accepted algorithms to the list in `proof_signing_alg_values_supported`, \
          and refuse everything else before verifying.",
    judge: Judge::Refusal(invalid_proof("proof-alg-none")),
};
