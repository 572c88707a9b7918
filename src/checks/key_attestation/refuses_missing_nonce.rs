//! A fresh attestation says so.

use super::{INVALID_PROOF, demanded, in_a_header};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-missing-nonce",
    aliases: &[],
    since: "2026.3",
    title: "a key attestation without nonce is refused",
    level: Level::Must,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#attestation-proof-type", "vci#jwt-proof-type"],
    obligation: "where there is a nonce endpoint, a key attestation without nonce is refused with 400 invalid_proof",
    doc: "An attestation that takes the place of a proof has no other sign that it is \
          fresh. In the header of a `jwt` proof the wallet must set it too; there the \
          proof carries the nonce as well, so that passing over it only warns.\n\n\
          Demand `nonce` and look it up like that of a proof.",
    judge: Judge::Refusal(Refusal {
        tamper: "attestation-missing-nonce",
        expects: INVALID_PROOF,
        control: Control::Needed,
        leniency: Some(in_a_header),
    }),
};
