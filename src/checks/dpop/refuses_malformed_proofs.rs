//! What is no JWT proves nothing.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-malformed-proofs",
    aliases: &[],
    since: "2026.3",
    title: "a DPoP header that is no JWT is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.3"],
    obligation: "a request whose DPoP header field is no well-formed JWT is refused",
    doc: "The header field has to hold one JWT of three readable parts. Servers that read it in a \
          middleware, and go on without a proof where that fails, hand out unbound tokens, or \
          answer 500.\n\n\
          Answer `invalid_dpop_proof` for whatever cannot be read.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-malformed",
        expects: AT_EACH_ENDPOINT,
        control: Control::Needed,
        leniency: None,
    }),
};
