//! One request comes from one client.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-another-client-id",
    aliases: &[],
    since: "2026.3",
    title: "a client_id other than the attested one is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-6.3", "abca#section-9"],
    obligation: "a token request whose client_id is not the sub of the attestation is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Authentication reads the attestation, and the rest of the server reads the \
          form: so one client authenticates and another gets the token.\n\n\
          Compare `client_id`, where it is sent, with `sub`.",
    judge: Judge::Refusal(invalid_client("client-attestation-other-client-id")),
};
