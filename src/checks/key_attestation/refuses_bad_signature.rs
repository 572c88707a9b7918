//! A signature is there to be verified.

use super::{demanded, invalid_attestation};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-bad-signature",
    aliases: &[],
    since: "2026.3",
    title: "a key attestation with a bad signature is refused",
    level: Level::Must,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#keyattestation-jwt", "vci#verifying-key-proof"],
    obligation: "a key attestation whose signature does not verify is refused with 400 invalid_proof",
    doc: "Attestations are often decoded to get at `attested_keys` and never verified: \
          everything goes well until somebody writes one by hand.\n\n\
          Verify the signature with the key in `x5c`, or with the provider's key by \
          `kid`, before reading a claim.",
    judge: Judge::Refusal(invalid_attestation("attestation-bad-signature")),
};
