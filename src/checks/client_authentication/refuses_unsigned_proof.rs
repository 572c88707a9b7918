//! A proof is signed.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-unsigned-proof",
    aliases: &[],
    since: "2026.3",
    title: "an unsigned client's proof is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.2", "abca#section-9"],
    obligation: "a client's proof with alg none is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "An unsigned proof can be made by anybody who has seen the attestation.\n\n\
          Take the algorithms from \
          `client_attestation_pop_signing_alg_values_supported`.",
    judge: Judge::Refusal(invalid_client("client-proof-alg-none")),
};
