//! The profile leaves the anchor out of the chain.

use super::{demanded, invalid_proof, of_the_wallet};
use crate::checks::{Check, Judge, Level, Profile, Refusal};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-anchor-in-chain",
    aliases: &[],
    since: "2026.3",
    title: "a chain with the trust anchor is refused",
    level: Level::Note,
    raised_by: &[Profile::Haip],
    applies: demanded,
    spec: &["haip#key-attestation"],
    obligation: "a key attestation whose x5c contains the trust anchor is refused with 400 invalid_proof",
    doc: "The verifier has the anchor already; HAIP forbids to send it along. The base \
          specification does not, so this is a note outside of the profile.\n\n\
          Under HAIP, compare each certificate of `x5c` with the configured anchors.",
    judge: Judge::Refusal(Refusal {
        leniency: Some(of_the_wallet),
        ..invalid_proof("attestation-anchor-in-chain")
    }),
};
