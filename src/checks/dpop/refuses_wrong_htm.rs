//! A proof is made for one request, and the method is part of it.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-wrong-htm",
    aliases: &[],
    since: "2026.1",
    title: "a proof for another method is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.2", "rfc9449#section-4.3"],
    obligation: "a DPoP proof whose htm is not the method of the request is refused",
    doc: "Compare `htm` with the method of the request, letter by letter: methods are \
          case-sensitive. Where the proof is checked in a filter that serves several routes, \
          take the method from the request at hand and not from configuration.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-wrong-htm",
        expects: AT_EACH_ENDPOINT,
        control: Control::Needed,
        leniency: None,
    }),
};
