//! A proof works once.

use super::{INVALID_CLIENT, attested_clients};
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-replayed-proof",
    aliases: &[],
    since: "2026.3",
    title: "a replayed client's proof is refused",
    level: Level::Should,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-12.1"],
    obligation: "a client's proof that was accepted before is refused with 400 or 401 and invalid_client, invalid_client_attestation or use_attestation_challenge",
    doc: "Who reads a request can send it again. The draft recommends to remember each \
          `jti`, or each challenge, for as long as its proof would be accepted.\n\n\
          Keep them in a store that all replicas share.",
    judge: Judge::Refusal(Refusal {
        tamper: "client-proof-replayed",
        expects: &[Expectation { codes: CODES, ..INVALID_CLIENT }],
        control: Control::Needed,
        leniency: None,
    }),
};

const CODES: &[&str] =
    &["invalid_client", "invalid_client_attestation", "use_attestation_challenge"];
