//! A nonce shows that a proof is fresh for as long as the nonce itself is.

use super::invalid_nonce;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-an-aged-nonce",
    aliases: &[],
    since: "2026.3",
    title: "an old nonce is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::proof_nonces,
    spec: &["vci#key-proof-replay", "vci#credential-request-errors"],
    obligation: "a key proof with a nonce that was given ten minutes ago is refused with 400 invalid_nonce",
    doc: "The nonce is there so that proofs cannot be made in advance and kept. One that never runs out gives that \
          away. How long it may live is the issuer's choice: this scenario waits ten minutes, and a nonce that \
          is still good warns. The code matters: on `invalid_nonce` a wallet fetches a new one and succeeds, \
          on `invalid_proof` it gives up.",
    judge: Judge::Refusal(invalid_nonce("proof-aged-nonce")),
};
