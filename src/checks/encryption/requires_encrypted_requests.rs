//! Required is required.

use super::{CLEAR, requires_requests};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/requires-encrypted-requests",
    aliases: &[],
    since: "2026.3",
    title: "where encrypted requests are required, one in clear is refused",
    level: Level::Should,
    raised_by: &[],
    applies: requires_requests,
    spec: &["vci#encrypted-messages", "vci#credential-issuer-parameters"],
    obligation: "where encryption_required of credential_request_encryption is true, a credential request in clear is refused",
    doc: "The metadata say `encryption_required: true`, and the endpoint takes JSON all the \
          same. A message that had to be encrypted and is not should be rejected.\n\n\
          Refuse `application/json` at the Credential Endpoint where the setting is on.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-request-in-clear",
        expects: &[CLEAR],
        control: Control::Needed,
        leniency: None,
    }),
};
