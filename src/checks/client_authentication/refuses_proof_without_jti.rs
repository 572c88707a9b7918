//! A proof can be told from the next.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-proof-without-jti",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof without jti is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.2"],
    obligation: "a client's proof without jti is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Without `jti` there is nothing to notice a replay by.\n\n\
          Make `jti` a required claim.",
    judge: Judge::Refusal(invalid_client("client-proof-missing-jti")),
};
