//! An assertion has an end.

use super::{asserting_clients, invalid_assertion};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-assertion-without-exp",
    aliases: &[],
    since: "2026.3",
    title: "an assertion without exp is refused",
    level: Level::Must,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-3"],
    obligation: "a client assertion without exp is refused with 400 or 401 invalid_client",
    doc: "`exp` is required. Libraries that check it where it is there let an \
          assertion pass that never ends.\n\n\
          Make `exp` a required claim.",
    judge: Judge::Refusal(invalid_assertion("client-assertion-missing-exp")),
};
