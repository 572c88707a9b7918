//! A signature is there to be verified.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-attestation-with-bad-signature",
    aliases: &[],
    since: "2026.3",
    title: "a client attestation with a bad signature is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.1", "abca#section-9"],
    obligation: "a client attestation whose signature does not verify is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Attestations are decoded to find `cnf` and the proof is verified with it, \
          while the attestation itself is taken on trust: then every wallet can attest \
          itself.\n\n\
          Verify the attestation first, then the proof.",
    judge: Judge::Refusal(invalid_client("client-attestation-bad-signature")),
};
