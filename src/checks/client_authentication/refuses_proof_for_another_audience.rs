//! A proof is for one server.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-proof-for-another-audience",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof for another audience is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.2", "abca#section-9"],
    obligation: "a client's proof whose aud is not the issuer identifier of the authorization server is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "A proof made for one server must not be good at another. `aud` is the \
          identifier of RFC 8414; many servers expect the URL of the token endpoint, \
          as in older drafts of client assertions, or do not look at all.\n\n\
          Compare `aud` with `issuer` of the metadata, as text.",
    judge: Judge::Refusal(invalid_client("client-proof-wrong-aud")),
};
