//! The key that proves is one that is attested.

use super::{demanded, invalid_proof};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-unrelated-key",
    aliases: &[],
    since: "2026.3",
    title: "a proof by a key that is not attested is refused",
    level: Level::Must,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#keyattestation-jwt", "rfc7638"],
    obligation: "a jwt proof signed by a key that is not among the attested_keys of its header is refused with 400 invalid_proof",
    doc: "Proof and attestation may each be in order and have nothing to do with each \
          other: then a key in software is proved, and one in a secure element is \
          attested.\n\n\
          Compare the key of the proof with each of `attested_keys` by thumbprint (RFC \
          7638).",
    judge: Judge::Refusal(invalid_proof("attestation-unrelated-key")),
};
