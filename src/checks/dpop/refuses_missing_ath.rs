//! Without the hash a proof goes with any token.

use super::AT_RESOURCES;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-missing-ath",
    aliases: &[],
    since: "2026.1",
    title: "a proof without ath is refused at the resource",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.3", "rfc9449#section-7"],
    obligation: "a DPoP proof without ath is refused at the Credential Endpoint",
    doc: "At a resource the proof has to name the token it is used with. A server that runs the \
          same verification at both endpoints does not know of `ath`, which the token request \
          lacks. Give the verifier the access token at the Credential Endpoint, and treat a \
          missing claim like a wrong one.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-missing-ath",
        expects: AT_RESOURCES,
        control: Control::Needed,
        leniency: None,
    }),
};
