//! Keys are kept as well as was asked for.

use super::{demanded, invalid_proof};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-weak-key-storage",
    aliases: &[],
    since: "2026.3",
    title: "a key attestation of a weak key storage is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#credential-issuer-parameters", "vci#keyattestation-apr"],
    obligation: "a key attestation whose key_storage has no value that key_attestations_required accepts is refused with 400 invalid_proof",
    doc: "`key_attestations_required` lists the values that are accepted. Issuers \
          publish the list and never compare.\n\n\
          At least one value of the attestation must be one of the list; a higher \
          level counts only if it is listed too.",
    judge: Judge::Refusal(invalid_proof("attestation-weak-key-storage")),
};
