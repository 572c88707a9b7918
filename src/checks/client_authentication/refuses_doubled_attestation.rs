//! There is one attestation.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-doubled-attestation",
    aliases: &[],
    since: "2026.3",
    title: "two attestation headers are refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-6.2", "abca#section-9"],
    obligation: "a token request with two OAuth-Client-Attestation fields is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Of two fields a proxy may check the first and the server use the second. \
          Header maps that keep one value hide that there were two.\n\n\
          Ask for all values of both fields, and refuse unless there is exactly one of \
          each.",
    judge: Judge::Refusal(invalid_client("client-attestation-doubled")),
};
