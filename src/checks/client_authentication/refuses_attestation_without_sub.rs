//! An attestation says of whom it speaks.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-attestation-without-sub",
    aliases: &[],
    since: "2026.3",
    title: "a client attestation without sub is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.1"],
    obligation: "a client attestation without sub is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "`sub` is the `client_id`. Where it is missing, servers fall back to the \
          `client_id` of the form, which anybody can write.\n\n\
          Make `sub` a required claim, and take the client from it alone.",
    judge: Judge::Refusal(invalid_client("client-attestation-missing-sub")),
};
