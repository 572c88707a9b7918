//! A message for a key that was never published is for somebody else.

use super::{UNDECRYPTABLE, announces_requests};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-an-unknown-key-id",
    aliases: &[],
    since: "2026.3",
    title: "a request for an unknown key is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_requests,
    spec: &["vci#encrypted-messages", "vci#credential-request-errors"],
    obligation: "an encrypted credential request whose kid names no published key is refused with 400 and an error in plain JSON",
    doc: "The lookup of the key by `kid` comes back empty and the next line uses it: `500`. Or \
          `kid` is not looked at, and every key is tried in turn, which makes each request as \
          expensive as there are keys.\n\n\
          Look `kid` up in the keys that `credential_request_encryption.jwks` publishes, and \
          answer a miss with `400 invalid_encryption_parameters`.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-unknown-kid",
        expects: &[UNDECRYPTABLE],
        control: Control::Needed,
        leniency: None,
    }),
};
