//! The right kid does not make the right key.

use super::{UNDECRYPTABLE, announces_requests};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-another-key",
    aliases: &[],
    since: "2026.3",
    title: "a request that was encrypted for another key is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_requests,
    spec: &["vci#credential-request-errors", "vci#encrypted-messages"],
    obligation: "a credential request that was encrypted for another key than its kid names is refused with 400 and an error in plain JSON",
    doc: "This is what a wallet sends that has cached your metadata from before a new key took \
          over the old `kid`. The agreement gives another secret, the tag does not fit, and an \
          exception that nobody expects becomes a `500`.\n\n\
          Catch the failure of decryption at the Credential Endpoint, and answer `400 \
          invalid_encryption_parameters`. Give a new key a new `kid`.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-foreign-key",
        expects: &[UNDECRYPTABLE],
        control: Control::Needed,
        leniency: None,
    }),
};
