//! A client speaks for itself.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-assertion-of-another-client",
    aliases: &[],
    since: "2026.3",
    title: "an assertion that speaks for another client is refused",
    level: Level::Must,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-3"],
    obligation: "a client assertion whose sub is not the client that signs it is refused with 400 or 401 invalid_client",
    doc: "`iss` says who signs and `sub` for whom; for client authentication both are \
          the `client_id`. A server that verifies with the key of `iss` and continues \
          with `sub` lets each client be any other.\n\n\
          Compare `iss`, `sub`, and `client_id` where it is sent.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-another-client")),
};
