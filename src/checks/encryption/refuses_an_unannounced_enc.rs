//! A content encryption that is not announced is the wallet's mistake, not the server's.

use super::{UNANNOUNCED, announces_responses};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-an-unannounced-enc",
    aliases: &[],
    since: "2026.3",
    title: "an unannounced content encryption is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#credential-request-errors", "vci#credential-issuer-parameters"],
    obligation: "a credential request whose enc is outside enc_values_supported is refused with 400 invalid_encryption_parameters",
    doc: "The name goes straight into a JOSE library, which throws, and the wallet sees a \
          `500`; or the issuer falls back to its favourite encryption.\n\n\
          Compare `enc` with your own `enc_values_supported` before the library sees it.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-unknown-enc",
        expects: &[UNANNOUNCED],
        control: Control::Needed,
        leniency: None,
    }),
};
