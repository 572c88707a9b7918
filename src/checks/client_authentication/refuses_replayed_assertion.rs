//! An assertion works once.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-replayed-assertion",
    aliases: &[],
    since: "2026.3",
    title: "a replayed assertion is refused",
    level: Level::Note,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-3"],
    obligation: "a client assertion whose jti was seen before is refused with 400 or 401 invalid_client",
    doc: "RFC 7523 lets servers remember `jti`; FAPI and others demand it. Who reads a \
          request can otherwise repeat it within the lifetime of its assertion.\n\n\
          Keep each `jti` until its assertion expires.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-replayed")),
};
