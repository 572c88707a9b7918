//! An assertion is signed.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-unsigned-assertion",
    aliases: &[],
    since: "2026.3",
    title: "an unsigned assertion is refused",
    level: Level::Must,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-3", "rfc8414#section-2"],
    obligation: "a client assertion with alg none is refused with 400 or 401 invalid_client",
    doc: "An unsigned assertion can be written by anybody.\n\n\
          Take the algorithms from the client's registration, or from \
          `token_endpoint_auth_signing_alg_values_supported`, which never lists \
          `none`.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-alg-none")),
};
