//! A proof brings its key along.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-missing-key",
    aliases: &[],
    since: "2026.3",
    title: "a DPoP proof without jwk is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.2", "rfc9449#section-4.3"],
    obligation: "a DPoP proof whose header has no jwk is refused",
    doc: "The signature of a proof is verified with the key in its own header, for the server has \
          no other. Without it nothing can be verified; a server that falls back on a registered \
          key, or skips the check, binds the token to nobody knows what.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-missing-jwk",
        expects: AT_EACH_ENDPOINT,
        control: Control::Needed,
        leniency: None,
    }),
};
