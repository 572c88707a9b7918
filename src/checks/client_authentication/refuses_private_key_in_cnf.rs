//! Whose private key is known is nobody.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-private-key-in-cnf",
    aliases: &[],
    since: "2026.3",
    title: "a client attestation that shows a private key is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-9"],
    obligation: "a client attestation whose cnf holds a private key is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "A key that everybody can read proves nothing. JWK parsers pass over `d`, so \
          the request looks as usual.\n\n\
          Look for private members in `cnf.jwk`, and refuse.",
    judge: Judge::Refusal(invalid_client("client-attestation-private-key")),
};
