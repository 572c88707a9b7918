//! In the header of a proof an attestation has an end.

use super::{demanded, invalid_attestation};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-missing-exp",
    aliases: &[],
    since: "2026.3",
    title: "a key attestation without exp in a proof is refused",
    level: Level::Must,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#keyattestation-jwt"],
    obligation: "a key attestation in the header of a jwt proof without exp is refused with 400 invalid_proof",
    doc: "`exp` is optional where the attestation is the proof, and required where it \
          stands in the header of a `jwt` proof. One verifier for both usually takes \
          the weaker rule.\n\n\
          Demand `exp` when the attestation comes by the `key_attestation` header.",
    judge: Judge::Refusal(invalid_attestation("attestation-missing-exp")),
};
