//! A JWT made for another purpose attests no client.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-attestation-of-wrong-typ",
    aliases: &[],
    since: "2026.3",
    title: "a client attestation of another typ is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.1", "rfc8725#section-3.11"],
    obligation: "a client attestation whose typ is not oauth-client-attestation+jwt is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "The provider signs other JWTs with the same key, key attestations for \
          example. Only `typ` tells them apart.\n\n\
          Compare `typ` with `oauth-client-attestation+jwt`, and refuse a missing one.",
    judge: Judge::Refusal(invalid_client("client-attestation-wrong-typ")),
};
