//! A signature is there to be verified.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-assertion-with-bad-signature",
    aliases: &[],
    since: "2026.3",
    title: "an assertion with a bad signature is refused",
    level: Level::Must,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-3"],
    obligation: "a client assertion whose signature does not verify with the registered key is refused with 400 or 401 invalid_client",
    doc: "The assertion is decoded to learn the client; its signature is then never \
          verified, or with a key from its own header.\n\n\
          Verify with the key that the client is registered with.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-bad-signature")),
};
