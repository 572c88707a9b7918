//! The algorithm is that of the key, so the key has to state it.

use super::{WRONG_WISH, announces_responses};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-a-key-without-alg",
    aliases: &[],
    since: "2026.3",
    title: "a key for the answer that states no alg is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#encrypted-messages", "vci#credential-request-errors"],
    obligation: "a credential request whose key for the answer has no alg is refused with 400 invalid_encryption_parameters",
    doc: "Since draft 16 the key management algorithm stands in the JWK itself and \
          `credential_response_encryption` has no `alg` of its own. An issuer that guesses \
          `ECDH-ES` from the type of the key answers wallets whose key is for `ECDH-ES+A256KW` \
          with something they cannot open.\n\n\
          Look at `jwk.alg` before the key is used, and answer `400` with \
          `invalid_encryption_parameters` where it is absent.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-key-without-alg",
        expects: &[WRONG_WISH],
        control: Control::Needed,
        leniency: None,
    }),
};
