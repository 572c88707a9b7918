//! A proof with a bad signature proves nothing.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-bad-signature",
    aliases: &[],
    since: "2026.1",
    title: "a key proof whose signature does not verify is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type", "vci#verifying-key-proof"],
    obligation: "a key proof whose signature does not verify with the key in its header is refused with 400 invalid_proof",
    doc: "The signature is what shows that the wallet holds the key. An issuer that \
          decodes the proof to get at `jwk` and `nonce`, and never verifies it, issues \
          credentials bound to keys that the requester may not have, the key of somebody \
          else included.\n\n\
          Call the verifying function of your JOSE library, not the decoding one, with the \
          key from the header. Any other code than `invalid_proof` warns; a credential \
          fails.",
    judge: Judge::Refusal(invalid_proof("proof-bad-signature")),
};
