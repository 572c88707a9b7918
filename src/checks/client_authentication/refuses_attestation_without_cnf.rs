//! An attestation names the key to be proved.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-attestation-without-cnf",
    aliases: &[],
    since: "2026.3",
    title: "a client attestation without cnf is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.1", "rfc7800#section-3.2"],
    obligation: "a client attestation without cnf is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Without `cnf` there is no key to verify the proof with, and a server that \
          skips the proof then lets everybody in who has seen the attestation.\n\n\
          Refuse an attestation without `cnf.jwk` before looking at the proof.",
    judge: Judge::Refusal(invalid_client("client-attestation-missing-cnf")),
};
