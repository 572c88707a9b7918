//! Two nonces, two purposes: one is for the request, the other for the key.

use super::invalid_nonce;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-a-dpop-nonce",
    aliases: &[],
    since: "2026.3",
    title: "a DPoP nonce is no c_nonce",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::proof_nonces,
    spec: &["vci#nonce-response", "vci#jwt-proof-type"],
    obligation: "a key proof with a DPoP nonce of the issuer in place of a c_nonce is refused with 400 invalid_nonce",
    doc: "`DPoP-Nonce` and `c_nonce` may be made by the same code, and then the same code accepts both. But they \
          are handed out at different places, to different parties and for different times: a wallet that is \
          given one has not been given the other. Make the purpose a part of the nonce, or keep the two \
          apart.",
    judge: Judge::Refusal(invalid_nonce("proof-dpop-nonce")),
};
