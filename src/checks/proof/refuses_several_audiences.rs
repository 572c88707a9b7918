//! A proof is for one issuer.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-several-audiences",
    aliases: &[],
    since: "2026.3",
    title: "a key proof with an array as audience is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type"],
    obligation: "a key proof whose aud is an array, even of this issuer alone, is refused with 400 invalid_proof",
    doc: "JWT in general lets `aud` be a string or an array; here it is a string. General \
          libraries take both, and then a proof for several issuers is good at each of them, so \
          that one can show it to the next.\n\n\
          Compare the claim itself with the Credential Issuer Identifier.",
    judge: Judge::Refusal(invalid_proof("proof-aud-array")),
};
