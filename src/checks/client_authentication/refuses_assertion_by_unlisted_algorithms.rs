//! A client signs its assertions by what is announced.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-assertion-by-unlisted-algorithms",
    aliases: &[],
    since: "2026.3",
    title: "an assertion by an algorithm that is not listed is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc8414#section-2", "rfc7523#section-3"],
    obligation: "a client assertion by an algorithm that token_endpoint_auth_signing_alg_values_supported does not list is refused with 400 or 401 invalid_client",
    doc: "The metadata list what the token endpoint supports for assertions. The assertion sent here \
          is good otherwise, by another of the keys that the client is registered with; a client with \
          keys for listed algorithms only cannot send it. A server that takes it has a list that is \
          shorter than what its library verifies.\n\n\
          Hand the list of the metadata to whatever verifies assertions, or extend the list.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-unlisted-alg")),
};
