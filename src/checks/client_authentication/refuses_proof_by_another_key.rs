//! The proof is by the attested key.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-proof-by-another-key",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof by another key is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.2", "abca#section-6.2", "abca#section-9"],
    obligation: "a client's proof that cnf of the attestation does not verify is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Servers that take the key of the proof from its own header verify that \
          somebody has some key.\n\n\
          Verify with `cnf.jwk` of the attestation and with nothing else.",
    judge: Judge::Refusal(invalid_client("client-proof-another-key")),
};
