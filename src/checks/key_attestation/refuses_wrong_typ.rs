//! A JWT made for another purpose attests nothing.

use super::{demanded, invalid_attestation};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-wrong-typ",
    aliases: &[],
    since: "2026.3",
    title: "a key attestation of another typ is refused",
    level: Level::Must,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#keyattestation-jwt", "rfc8725#section-3.11"],
    obligation: "a key attestation whose typ is not key-attestation+jwt is refused with 400 invalid_proof",
    doc: "The same provider signs attestations of wallets and of keys. Only `typ` \
          keeps one from passing for the other. Before draft 16 it was \
          `keyattestation+jwt`, without the hyphen.\n\n\
          Compare `typ` with `key-attestation+jwt` and refuse everything else, also \
          where it is missing.",
    judge: Judge::Refusal(invalid_attestation("attestation-wrong-typ")),
};
