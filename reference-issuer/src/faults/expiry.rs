//! Faults of what has run out: codes, access tokens and nonces that outlive their time.

use std::time::Duration;

use super::{Fault, Lapse, Rule, Stage};

/// Longer than anybody waits.
const FOR_EVER: Duration = Duration::from_secs(365 * 86_400);

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "codes-never-expire",
        station: "token",
        stage: Stage::Lifetimes(|lifetimes| lifetimes.code = FOR_EVER),
        config: "short-lived",
        says: "A code whose time is over is taken for good",
        caught_by: &["token/refuses-an-expired-code"],
    },
    Fault {
        name: "crashes-on-expired-code",
        station: "token",
        stage: Stage::Rule(Rule::CodeUnexpired, Lapse::Crashes),
        config: "short-lived",
        says: "A code whose time is over is answered with status 500",
        caught_by: &["token/refuses-an-expired-code", "http/never-answers-5xx"],
    },
    Fault {
        name: "tokens-never-expire",
        station: "credential",
        stage: Stage::Lifetimes(|lifetimes| lifetimes.access_token = FOR_EVER),
        config: "short-lived",
        says: "An access token whose time is over is taken for good",
        caught_by: &["credential/refuses-an-expired-token"],
    },
    Fault {
        name: "crashes-on-expired-token",
        station: "credential",
        stage: Stage::Rule(Rule::TokenUnexpired, Lapse::Crashes),
        config: "short-lived",
        says: "An access token whose time is over is answered with status 500",
        caught_by: &["credential/refuses-an-expired-token", "http/never-answers-5xx"],
    },
    Fault {
        name: "nonces-never-expire",
        station: "proof",
        stage: Stage::Lifetimes(|lifetimes| lifetimes.c_nonce = FOR_EVER),
        config: "short-lived",
        says: "A nonce whose time is over is taken for good",
        caught_by: &["proof/refuses-an-aged-nonce"],
    },
    Fault {
        name: "crashes-on-expired-nonce",
        station: "proof",
        stage: Stage::Rule(Rule::ProofNonceUnexpired, Lapse::Crashes),
        config: "short-lived",
        says: "A nonce whose time is over is answered with status 500",
        caught_by: &["proof/refuses-an-aged-nonce", "http/never-answers-5xx"],
    },
];
