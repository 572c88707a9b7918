//! An attestation has an end.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-attestation-without-exp",
    aliases: &[],
    since: "2026.3",
    title: "a client attestation without exp is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.1"],
    obligation: "a client attestation without exp is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "JWT libraries check `exp` where it is there. Without it an attestation lasts \
          for ever.\n\n\
          Make `exp` a required claim.",
    judge: Judge::Refusal(invalid_client("client-attestation-missing-exp")),
};
