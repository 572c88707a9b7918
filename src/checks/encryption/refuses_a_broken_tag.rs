//! Authenticated encryption protects nothing if nobody looks at the tag.

use super::{UNDECRYPTABLE, announces_requests};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-a-broken-tag",
    aliases: &[],
    since: "2026.3",
    title: "a request whose tag does not fit is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_requests,
    spec: &["vci#credential-request-errors", "vci#encrypted-messages"],
    obligation: "an encrypted credential request that was altered is refused with 400 and an error in plain JSON",
    doc: "JOSE libraries throw when the tag does not fit, and the exception becomes a `500`. A \
          wallet cannot tell that from a broken server, and tries again.\n\n\
          Catch the failure of decryption at the Credential Endpoint, and answer `400 \
          invalid_encryption_parameters`; `invalid_credential_request` is as good.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-bad-tag",
        expects: &[UNDECRYPTABLE],
        control: Control::Needed,
        leniency: None,
    }),
};
