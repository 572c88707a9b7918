//! A proof without an identifier cannot be recognised when it comes again.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-missing-jti",
    aliases: &[],
    since: "2026.1",
    title: "a proof without jti is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.2", "rfc9449#section-4.3"],
    obligation: "a DPoP proof without jti is refused",
    doc: "`jti` is required, whether or not the server keeps track of it. Claims that are merely \
          looked up yield nothing where they are missing, and a replay check on nothing finds \
          nothing. Make the claim a required member of the type the payload is parsed into, and \
          refuse the empty string with it.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-missing-jti",
        expects: AT_EACH_ENDPOINT,
        control: Control::Needed,
        leniency: None,
    }),
};
