//! What has expired counts no more.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-expired-assertion",
    aliases: &[],
    since: "2026.3",
    title: "an expired assertion is refused",
    level: Level::Must,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-3"],
    obligation: "a client assertion whose exp is in the past is refused with 400 or 401 invalid_client",
    doc: "Assertions live for a minute or so; what is older was kept by somebody.\n\n\
          Compare `exp` with the clock, with little tolerance.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-expired")),
};
