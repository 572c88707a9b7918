//! A challenge is one that was given.

use super::{challenged_clients, needs_challenge};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-unknown-challenge",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof with an unknown challenge is refused",
    level: Level::Must,
    raised_by: &[],
    applies: challenged_clients,
    spec: &["abca#section-6.2", "abca#section-9"],
    obligation: "a client's proof with a challenge that the server never gave is refused with 400 or 401 and use_attestation_challenge",
    doc: "Checking that `challenge` is there is not checking whose it is. Challenges \
          that expired must get the same answer, so that the wallet can try again.\n\n\
          Look the challenge up, or verify that it is one of yours, and answer \
          `use_attestation_challenge` otherwise.",
    judge: Judge::Refusal(needs_challenge("client-proof-unknown-challenge")),
};
