//! A key says what it is for.

use super::{UNANNOUNCED, announces_responses};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-a-signature-key",
    aliases: &[],
    since: "2026.3",
    title: "a key for signatures is not used to encrypt",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_responses,
    spec: &["rfc7517#section-4.2", "vci#encrypted-messages"],
    obligation: "a credential request whose key for the answer has the use sig is refused",
    doc: "`use: sig` means that the key is for signatures. JOSE libraries look at `use` when \
          they select from a key set, and not when they are handed a key.\n\n\
          Refuse a `jwk` with another `use` than `enc`. The specification lists `use` among \
          what a key is selected by and names no error for this, so an acceptance warns.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-key-for-signatures",
        expects: &[UNANNOUNCED],
        control: Control::Needed,
        leniency: None,
    }),
};
