//! An assertion is for one server.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-assertion-for-another-audience",
    aliases: &[],
    since: "2026.3",
    title: "an assertion for another server is refused",
    level: Level::Must,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-3"],
    obligation: "a client assertion whose aud names another server is refused with 400 or 401 invalid_client",
    doc: "An assertion that is good anywhere can be taken from one server to the next \
          by that server.\n\n\
          Accept your own issuer identifier, and the URL of the token endpoint where \
          clients still use it.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-wrong-aud")),
};
