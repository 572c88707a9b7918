//! A proof says when it was made.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-proof-without-iat",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof without iat is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.2"],
    obligation: "a client's proof without iat is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "`iat` is required also where a challenge shows that the proof is fresh.\n\n\
          Make `iat` a required claim.",
    judge: Judge::Refusal(invalid_client("client-proof-missing-iat")),
};
