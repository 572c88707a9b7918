//! Tenants of one server do not share a pool.

use super::invalid_nonce;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-another-issuers-nonce",
    aliases: &[],
    since: "2026.3",
    title: "a nonce of another issuer is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::proof_nonces,
    spec: &["vci#verifying-key-proof"],
    obligation: "a key proof with a nonce that another issuer gave out is refused with 400 invalid_nonce",
    doc: "The nonce in a proof must be one that this issuer provided. Where several issuers keep their nonces in one \
          cache, or derive them from one key, each takes those of all others, and a proof made for the one can \
          be replayed at the other as far as its nonce goes. Keep the issuer with the nonce. Two issuers that \
          name the same nonce endpoint are not compared.",
    judge: Judge::Refusal(invalid_nonce("proof-another-issuers-nonce")),
};
