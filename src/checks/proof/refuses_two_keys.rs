//! A proof names one key, in one way.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-two-keys",
    aliases: &[],
    since: "2026.1",
    title: "a key proof with both jwk and kid is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type"],
    obligation: "a key proof whose header has more than one of kid, jwk and x5c is refused with 400 invalid_proof",
    doc: "`kid`, `jwk` and `x5c` exclude each other. With two of them, one part of an \
          issuer may verify the signature with the one while another part binds the \
          credential to the other: the requester then has a credential for a key that was \
          never proved.\n\n\
          Count the three header parameters before choosing one, and refuse unless exactly \
          one is there.",
    judge: Judge::Refusal(invalid_proof("proof-two-keys")),
};
