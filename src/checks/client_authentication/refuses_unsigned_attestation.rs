//! Nobody's word is no attestation.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-unsigned-attestation",
    aliases: &[],
    since: "2026.3",
    title: "an unsigned client attestation is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-9"],
    obligation: "a client attestation with alg none is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "A verifier that takes the algorithm from the token accepts `none` where \
          nobody forbade it.\n\n\
          Take the algorithms from `client_attestation_signing_alg_values_supported`.",
    judge: Judge::Refusal(invalid_client("client-attestation-alg-none")),
};
