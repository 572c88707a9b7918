//! A proof that works twice works for whoever saw it once.

use super::{AT_CREDENTIAL, AT_TOKEN};
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-replayed-jti",
    aliases: &[],
    since: "2026.1",
    title: "a replayed proof is refused",
    level: Level::Note,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-11.1"],
    obligation: "a DPoP proof whose jti was seen before at the same address is refused",
    doc: "RFC 9449 leaves the tracking of `jti` to the server, grants that it may not be feasible where servers share no \
          state, and obliges nobody: this only notes that a proof works twice. Who wants to close the window \
          keeps the hash of each `jti` for as long as its proof would be accepted, in a store that all \
          replicas share. Short-lived DPoP nonces narrow the window and do not close it.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-replayed-jti",
        expects: &[
            Expectation { codes: CODES, ..AT_TOKEN },
            Expectation { codes: CODES, ..AT_CREDENTIAL },
        ],
        control: Control::Needed,
        leniency: None,
    }),
};

/// Where each nonce is good once, a replayed proof is refused for its nonce.
const CODES: &[&str] = &["invalid_dpop_proof", "use_dpop_nonce"];
