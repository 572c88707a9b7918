//! What is demanded is also looked for.

use super::{demanded, invalid_proof};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-missing-attestation",
    aliases: &[],
    since: "2026.3",
    title: "a proof without the demanded attestation is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#credential-issuer-parameters", "vci#jwt-proof-type"],
    obligation: "where key_attestations_required is announced, a key proof without key_attestation is refused with 400 invalid_proof",
    doc: "Metadata that demand attestations and an endpoint that does without have two \
          policies. Usually the attestation is verified where it is there, and nobody \
          asks whether it is.\n\n\
          Decide by the configuration whether an attestation must be there, before \
          looking at it.",
    judge: Judge::Refusal(invalid_proof("attestation-missing")),
};
