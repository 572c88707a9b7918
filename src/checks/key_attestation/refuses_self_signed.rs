//! The profile wants a signer whom somebody else certified.

use super::{demanded, invalid_proof, of_the_wallet};
use crate::checks::{Check, Judge, Level, Profile, Refusal};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-self-signed",
    aliases: &[],
    since: "2026.3",
    title: "a self-signed signer is refused",
    level: Level::Note,
    raised_by: &[Profile::Haip],
    applies: demanded,
    spec: &["haip#key-attestation"],
    obligation: "a key attestation whose signing certificate is self-signed is refused with 400 invalid_proof",
    doc: "A self-signed certificate says nothing that its key did not say. HAIP \
          forbids it for the signer of an attestation; an issuer that trusts the key \
          by other means may take it elsewhere.\n\n\
          Refuse a first certificate that is its own issuer.",
    judge: Judge::Refusal(Refusal {
        leniency: Some(of_the_wallet),
        ..invalid_proof("attestation-self-signed")
    }),
};
