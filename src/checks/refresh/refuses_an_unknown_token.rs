//! What was never handed out renews nothing.

use super::{INVALID_GRANT, issues_refresh_tokens};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "refresh/refuses-an-unknown-token",
    aliases: &[],
    since: "2026.3",
    title: "an unknown refresh token is refused",
    level: Level::Must,
    raised_by: &[],
    applies: issues_refresh_tokens,
    spec: &["rfc6749#section-5.2"],
    obligation: "a token request with a refresh token that was never issued is refused with 400 invalid_grant",
    doc: "A look-up that finds nothing is a bad grant, not a missing resource and not a fault of the server: 401, \
          404 and 500 come from an exception of the store that reached the framework. A wallet that reads \
          `invalid_grant` knows that it has to ask for a new offer; after anything else it tries again.",
    judge: Judge::Refusal(Refusal {
        tamper: "refresh-unknown",
        expects: &[INVALID_GRANT],
        control: Control::Needed,
        leniency: None,
    }),
};
