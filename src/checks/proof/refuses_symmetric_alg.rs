//! A MAC keyed with a public key can be made by anybody.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-symmetric-alg",
    aliases: &[],
    since: "2026.1",
    title: "a key proof with a symmetric algorithm is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type", "vci#verifying-key-proof"],
    obligation: "a key proof with a symmetric algorithm such as HS256 is refused with 400 invalid_proof",
    doc: "The tampered proof is an HMAC whose secret is the text of the public key in its \
          own header. A verifier that hands the header's `alg` and the header's key to one \
          function accepts it: the algorithm confusion of RFC 8725.\n\n\
          Accept only the asymmetric algorithms of `proof_signing_alg_values_supported`, \
          and check that the key type fits the algorithm.",
    judge: Judge::Refusal(invalid_proof("proof-symmetric-alg")),
};
