//! A proof that nobody signed proves nothing.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-alg-none",
    aliases: &[],
    since: "2026.1",
    title: "an unsigned proof is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.2", "rfc9449#section-4.3"],
    obligation: "a DPoP proof with the alg none is refused",
    doc: "The header is written by the sender, so a verifier that lets it choose the algorithm \
          lets it choose none. Give the library the list of algorithms that the metadata \
          announces in `dpop_signing_alg_values_supported`, asymmetric ones only, and refuse \
          everything else before looking at the signature.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-alg-none",
        expects: AT_EACH_ENDPOINT,
        control: Control::Needed,
        leniency: None,
    }),
};
