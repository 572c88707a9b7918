//! A signature made for another purpose is not a proof for this one.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-wrong-typ",
    aliases: &[],
    since: "2026.1",
    title: "a proof of another type is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.2", "rfc9449#section-4.3"],
    obligation: "a DPoP proof whose typ is not dpop+jwt is refused",
    doc: "The same key may sign key proofs, client assertions and presentations. The `typ` \
          header keeps them apart: without the check, a JWT that the wallet signed for somebody \
          else can be replayed here. Generic JWT libraries verify the signature and leave `typ` \
          to the caller; compare it with `dpop+jwt`.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-wrong-typ",
        expects: AT_EACH_ENDPOINT,
        control: Control::Needed,
        leniency: None,
    }),
};
