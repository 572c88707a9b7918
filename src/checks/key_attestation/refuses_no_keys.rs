//! An attestation attests something.

use super::{demanded, invalid_attestation};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-no-keys",
    aliases: &[],
    since: "2026.3",
    title: "a key attestation of no key is refused",
    level: Level::Must,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#keyattestation-jwt"],
    obligation: "a key attestation whose attested_keys is empty is refused with 400 invalid_proof",
    doc: "A loop over `attested_keys` that finds nothing to complain about is content \
          with an empty array, and a credential is issued that is bound to no attested \
          key.\n\n\
          Refuse an array that is missing or empty before going through it.",
    judge: Judge::Refusal(invalid_attestation("attestation-no-keys")),
};
