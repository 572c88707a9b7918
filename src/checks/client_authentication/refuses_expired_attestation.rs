//! What has expired counts no more.

use super::{INVALID_CLIENT, attested_clients};
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-expired-attestation",
    aliases: &[],
    since: "2026.3",
    title: "an expired client attestation is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.1"],
    obligation: "a client attestation whose exp is in the past is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Wallets use one attestation for many requests; `exp` is the only end that it \
          has.\n\n\
          Compare `exp` with the clock, with minutes of tolerance at most. \
          `use_fresh_attestation` tells the wallet what to do and is as good.",
    judge: Judge::Refusal(Refusal {
        tamper: "client-attestation-expired",
        expects: &[Expectation { codes: CODES, ..INVALID_CLIENT }],
        control: Control::Needed,
        leniency: None,
    }),
};

const CODES: &[&str] = &["invalid_client", "invalid_client_attestation", "use_fresh_attestation"];
