//! A private key on the wire is lost, and says so only if somebody refuses it.

use super::{UNANNOUNCED, announces_responses};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-a-private-key",
    aliases: &[],
    since: "2026.3",
    title: "a private key for the answer is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#encrypted-messages", "vci#credential-request"],
    obligation: "a credential request whose key for the answer has a private part is refused",
    doc: "`jwk` holds a public key. A wallet that serialises the wrong half gives its key away \
          to everybody who reads the request, and an issuer that takes it never tells. Worse, \
          it stands in the logs.\n\n\
          Refuse a `jwk` with `d` (or `p`, `q`, `k`) as `invalid_encryption_parameters`, and \
          keep the request out of the logs.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-private-key",
        expects: &[UNANNOUNCED],
        control: Control::Needed,
        leniency: None,
    }),
};
