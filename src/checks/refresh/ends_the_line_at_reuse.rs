//! Two who hold the same line: one of them is a thief, and nobody knows which.

use super::INVALID_GRANT;
use super::rotates_or_binds::of_public_clients;
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "refresh/ends-the-line-at-reuse",
    aliases: &[],
    since: "2026.3",
    title: "reuse of a replaced refresh token ends the line",
    level: Level::Should,
    raised_by: &[],
    applies: of_public_clients,
    spec: &["rfc9700#section-4.14.2"],
    obligation: "after a refresh token that was replaced has come back, the one in its place is refused too",
    doc: "When an old token comes back, either the wallet or somebody else has the new one, and the server cannot \
          tell who is who. It therefore ends the line as a whole, and the wallet starts again with its \
          holder. Keep an identifier of the line with each refresh token, and delete all of one line when a \
          used one is shown. A server that only refuses the old token leaves the thief with the new one.",
    judge: Judge::Refusal(Refusal {
        tamper: "refresh-after-reuse",
        expects: &[INVALID_GRANT],
        control: Control::Needed,
        leniency: None,
    }),
};
