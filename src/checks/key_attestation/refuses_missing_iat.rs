//! An attestation says when it was made.

use super::{demanded, invalid_attestation};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-missing-iat",
    aliases: &[],
    since: "2026.3",
    title: "a key attestation without iat is refused",
    level: Level::Must,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#keyattestation-jwt"],
    obligation: "a key attestation without iat is refused with 400 invalid_proof",
    doc: "`iat` is required. Verifiers that check only what is there let an \
          attestation pass that cannot be dated.\n\n\
          Make `iat` a required claim in the verifier of attestations.",
    judge: Judge::Refusal(invalid_attestation("attestation-missing-iat")),
};
