//! The signature is what the proof consists of.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-bad-signature",
    aliases: &[],
    since: "2026.1",
    title: "a proof with a bad signature is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.3"],
    obligation: "a DPoP proof whose signature does not verify with its own jwk is refused",
    doc: "If this is accepted, the claims were read with a function that decodes and does not \
          verify, often left from a first version or a test profile. Every other guarantee of \
          DPoP falls with it. Verify with the key in the `jwk` header, and with nothing else: \
          not with a key found by `kid`, not with one that was registered.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-bad-signature",
        expects: AT_EACH_ENDPOINT,
        control: Control::Needed,
        leniency: None,
    }),
};
