//! Not everybody may attest a client.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-attestation-by-strangers",
    aliases: &[],
    since: "2026.3",
    title: "a client attestation by a stranger is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["vci#walletattestation", "abca#section-9"],
    obligation: "a client attestation by an attester whom nobody trusts is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "An `x5c` header is only as good as its end. This one is certified by a root \
          that has the name of the trusted one and another key.\n\n\
          Build the path to a configured anchor, or look the key up among those of \
          trusted attesters.",
    judge: Judge::Refusal(invalid_client("client-attestation-stranger")),
};
