//! A wish for encryption without a key cannot be met, and must not be passed over.

use super::{WRONG_WISH, announces_responses};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-a-missing-key",
    aliases: &[],
    since: "2026.3",
    title: "a wish for encryption without a key is refused",
    level: Level::Must,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#credential-request", "vci#credential-request-errors"],
    obligation: "a credential request whose credential_response_encryption has no jwk is refused with 400 invalid_encryption_parameters",
    doc: "A handler that encrypts \"if there is a key\" answers such a request in clear. The \
          wallet asked for encryption because somebody between it and the issuer must not read \
          the credential, and now they can.\n\n\
          Read `credential_response_encryption` into a type in which `jwk` and `enc` are \
          required, and answer `400` with `invalid_encryption_parameters` where that fails. \
          Never fall back to an answer in clear.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-missing-jwk",
        expects: &[WRONG_WISH],
        control: Control::Needed,
        leniency: None,
    }),
};
