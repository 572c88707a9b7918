//! A public key is no shared secret.

use super::{demanded, invalid_attestation};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-symmetric-alg",
    aliases: &[],
    since: "2026.3",
    title: "a key attestation under a symmetric algorithm is refused",
    level: Level::Must,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#keyattestation-jwt", "rfc8725#section-3.1"],
    obligation: "a key attestation with an HMAC algorithm is refused with 400 invalid_proof",
    doc: "Where the type of the key does not decide the algorithm, the public key of \
          the provider can be used as the secret of an HMAC, and anybody knows it.\n\n\
          Allow the asymmetric algorithms that the metadata list, and tie the \
          algorithm to the key.",
    judge: Judge::Refusal(invalid_attestation("attestation-symmetric-alg")),
};
