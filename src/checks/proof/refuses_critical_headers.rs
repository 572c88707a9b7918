//! Who says that something matters has to be understood.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-critical-headers",
    aliases: &[],
    since: "2026.3",
    title: "a key proof with an unknown critical header is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["rfc7515#section-4.1.11"],
    obligation: "a key proof whose crit names a header that no specification defines is refused with 400 invalid_proof",
    doc: "A JWS that marks a header as critical is invalid for whoever does not understand it. \
          Libraries leave this to the caller surprisingly often, and an extension that restricts \
          the proof is then passed over.\n\n\
          Refuse every `crit` that you do not implement.",
    judge: Judge::Refusal(invalid_proof("proof-critical-header")),
};
