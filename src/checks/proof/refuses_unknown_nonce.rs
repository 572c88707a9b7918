//! A nonce that the issuer never gave shows nothing of when a proof was made.

use super::invalid_nonce;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-unknown-nonce",
    aliases: &[],
    since: "2026.1",
    title: "a key proof with a made-up nonce is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::proof_nonces,
    spec: &["vci#verifying-key-proof", "vci#credential-request-errors"],
    obligation: "a key proof with a nonce that the issuer never gave is refused with 400 invalid_nonce",
    doc: "The code matters as much as the refusal: on `invalid_nonce` a wallet fetches a new nonce \
          and tries again, on `invalid_proof` it gives up. An issuer that answers `invalid_proof` \
          for an expired nonce therefore fails its users whenever they are slow.\n\n\
          Compare the nonce with those that were given out (or verify it, where nonces are \
          self-contained), and tell a wrong nonce from a wrong proof. The matching nonce is also one \
          of the things that make a proof valid, and the list of codes is a recommendation: \
          `invalid_proof` warns.",
    judge: Judge::Refusal(invalid_nonce("proof-unknown-nonce")),
};
