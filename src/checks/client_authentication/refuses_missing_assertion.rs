//! A registered client authenticates.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-missing-assertion",
    aliases: &[],
    since: "2026.3",
    title: "a client without its assertion is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc6749#section-5.2", "rfc7523#section-3.2"],
    obligation: "where private_key_jwt is announced and none is not, a token request without client_assertion is refused with 400 or 401 invalid_client",
    doc: "A `client_id` in the form is a name, no proof. Servers that verify an \
          assertion where there is one let everybody speak for the client.\n\n\
          Demand an assertion of each client that is registered with a key.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-missing")),
};
