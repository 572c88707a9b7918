//! A JWT made for another purpose proves no client.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-proof-of-wrong-typ",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof of another typ is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.2", "rfc8725#section-3.11"],
    obligation: "a client's proof whose typ is not oauth-client-attestation-pop+jwt is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "If the wallet signs anything else with the same key, only `typ` keeps it \
          from passing as a proof.\n\n\
          Compare `typ` with `oauth-client-attestation-pop+jwt`.",
    judge: Judge::Refusal(invalid_client("client-proof-wrong-typ")),
};
