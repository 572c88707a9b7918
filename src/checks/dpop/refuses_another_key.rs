//! The binding is worth what the comparison of the keys is worth.

use super::{AT_CREDENTIAL, AT_DEFERRED, AT_NOTIFICATION};
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-another-key",
    aliases: &[],
    since: "2026.1",
    title: "a proof by another key is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.3", "rfc9449#section-6", "rfc9449#section-7.1"],
    obligation: "a valid DPoP proof by a key other than the one the token is bound to is refused",
    doc: "The proof is in order, except that its key is not the token's. A server that verifies \
          proofs and tokens separately accepts it, and a stolen token then works with any key \
          that the thief makes up. Compare the RFC 7638 thumbprint of the `jwk` header with \
          `cnf.jkt` of the token, or with what introspection says.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-another-key",
        expects: &[
            Expectation { codes: CODES, ..AT_CREDENTIAL },
            Expectation { codes: CODES, ..AT_DEFERRED },
            Expectation { codes: CODES, ..AT_NOTIFICATION },
        ],
        control: Control::Needed,
        leniency: None,
    }),
};

/// The token is not good for this key, and the proof is not good for this token.
const CODES: &[&str] = &["invalid_token", "invalid_dpop_proof"];
