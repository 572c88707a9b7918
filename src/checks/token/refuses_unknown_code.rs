//! A code that was never given out authorizes nothing.

use super::INVALID_GRANT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-unknown-code",
    aliases: &[],
    since: "2026.1",
    title: "an unknown code is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#token-error-response"],
    obligation: "a token request with a pre-authorized code that was never given out is refused with 400 invalid_grant",
    doc: "A look-up that finds nothing is not a missing resource and not a fault of the server: \
          404 and 500 come from an exception of the store that reached the framework. Answer 400 \
          with `invalid_grant`, the same as for a code that has expired or was used, so that the \
          answer does not tell which codes exist.",
    judge: Judge::Refusal(Refusal {
        tamper: "unknown-code",
        expects: &[INVALID_GRANT],
        control: Control::NotNeeded,
        leniency: None,
    }),
};
