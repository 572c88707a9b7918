//! A challenge that was given comes back.

use super::{challenged_clients, needs_challenge};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-missing-challenge",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof without the challenge is refused",
    level: Level::Must,
    raised_by: &[],
    applies: challenged_clients,
    spec: &["abca#section-6.2", "abca#section-8", "abca#section-9"],
    obligation: "where the server gives challenges, a client's proof without one is refused with 400 or 401 and use_attestation_challenge",
    doc: "A server that hands out challenges and does not ask for them has only the \
          clock to go by. The code is prescribed: it tells the wallet to sign again \
          with the challenge that comes along.\n\n\
          Answer `use_attestation_challenge` with a fresh challenge in `OAuth-Client- \
          Attestation-Challenge`.",
    judge: Judge::Refusal(needs_challenge("client-proof-missing-challenge")),
};
