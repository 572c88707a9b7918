//! An attestation alone can be stolen.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-missing-proof",
    aliases: &[],
    since: "2026.3",
    title: "an attestation without its proof is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-6.2", "abca#section-9"],
    obligation: "a token request with an attestation and without OAuth-Client-Attestation-PoP is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "The attestation goes over the wire with each request; the proof is what \
          shows that its key is at hand. Servers that verify the proof where it is \
          there can be spoken to without.\n\n\
          Refuse one field without the other.",
    judge: Judge::Refusal(invalid_client("client-proof-missing")),
};
