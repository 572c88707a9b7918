//! A proof is made for the request at hand.

use super::{attested_clients, invalid_client, under_a_challenge};
use crate::checks::{Check, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-stale-proof",
    aliases: &[],
    since: "2026.3",
    title: "a stale client's proof is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.2", "abca#section-9"],
    obligation: "a client's proof made a day ago is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Proofs are made for each request, so minutes are enough. A server that gives \
          challenges may take the time from the challenge instead; there, accepting \
          the old `iat` only warns.\n\n\
          Refuse an `iat` outside a window of a few minutes.",
    judge: Judge::Refusal(Refusal {
        leniency: Some(under_a_challenge),
        ..invalid_client("client-proof-stale-iat")
    }),
};
