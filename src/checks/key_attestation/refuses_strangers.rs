//! Not everybody's word counts.

use super::{demanded, invalid_proof};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-strangers",
    aliases: &[],
    since: "2026.3",
    title: "a key attestation by a stranger is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#keyattestation-jwt", "haip#key-attestation"],
    obligation: "a key attestation whose chain ends in no trusted anchor is refused with 400 invalid_proof",
    doc: "An `x5c` proves only that somebody has made a certificate. Issuers verify \
          the signature with the first certificate and never ask who signed that. The \
          root of this test has the same name as the trusted one, so names are not \
          enough either.\n\n\
          Build the path to a configured anchor, and refuse where there is none.",
    judge: Judge::Refusal(invalid_proof("attestation-stranger")),
};
