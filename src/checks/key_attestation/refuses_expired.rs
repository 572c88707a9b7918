//! What has expired counts no more.

use super::{demanded, invalid_attestation};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-expired",
    aliases: &[],
    since: "2026.3",
    title: "an expired key attestation is refused",
    level: Level::Must,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#keyattestation-jwt", "rfc7519#section-4.1.4"],
    obligation: "a key attestation whose exp is in the past is refused with 400 invalid_proof",
    doc: "Attestations are kept by wallets and sent again and again; `exp` is how a \
          provider ends that. The clock skew allowed should be minutes, not days.\n\n\
          Compare `exp` with the clock for attestations too, not only for the proof \
          around them.",
    judge: Judge::Refusal(invalid_attestation("attestation-expired")),
};
