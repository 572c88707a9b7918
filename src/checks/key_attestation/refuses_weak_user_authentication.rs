//! Users are authenticated as well as was asked for.

use super::{demanded, invalid_proof};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-weak-user-authentication",
    aliases: &[],
    since: "2026.3",
    title: "a key attestation of a weak user authentication is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#credential-issuer-parameters", "vci#keyattestation-apr"],
    obligation: "a key attestation whose user_authentication has no value that key_attestations_required accepts is refused with 400 invalid_proof",
    doc: "Key storage and user authentication are two lists with the same values, and \
          it is easy to compare only the first.\n\n\
          Compare `user_authentication` with its own list in \
          `key_attestations_required`.",
    judge: Judge::Refusal(invalid_proof("attestation-weak-user-authentication")),
};
