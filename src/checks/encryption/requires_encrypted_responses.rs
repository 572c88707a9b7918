//! Required is required.

use super::{NO_WISH, requires_responses};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/requires-encrypted-responses",
    aliases: &[],
    since: "2026.3",
    title: "where encrypted answers are required, a request must ask for one",
    level: Level::Must,
    raised_by: &[],
    applies: requires_responses,
    spec: &["vci#credential-request-errors", "vci#credential-issuer-parameters"],
    obligation: "where encryption_required of credential_response_encryption is true, a credential request without that member is refused with 400 invalid_encryption_parameters",
    doc: "The metadata say `encryption_required: true`, and the endpoint answers in clear \
          whoever does not ask. Then the metadata promise a protection that any wallet, or \
          anybody in between, can switch off.\n\n\
          Check for `credential_response_encryption` where the setting is read that fills the \
          metadata, and answer `400` with `invalid_encryption_parameters` where it is missing.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-not-asked-for",
        expects: &[NO_WISH],
        control: Control::Needed,
        leniency: None,
    }),
};
