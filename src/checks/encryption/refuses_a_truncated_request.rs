//! What is no compact JWE is refused before it is parsed.

use super::{UNDECRYPTABLE, announces_requests};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-a-truncated-request",
    aliases: &[],
    since: "2026.3",
    title: "a request that was cut short is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_requests,
    spec: &["vci#encrypted-messages", "rfc7516#section-7.1"],
    obligation: "a request labelled application/jwt that is no compact JWE of five segments is refused with 400 and an error in plain JSON",
    doc: "Splitting at the dots and taking the fifth part is an index out of bounds, and a \
          `500`.\n\n\
          Let the JOSE library parse the body, and map its parse error to `400 \
          invalid_encryption_parameters` or `invalid_credential_request`.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-truncated",
        expects: &[UNDECRYPTABLE],
        control: Control::Needed,
        leniency: None,
    }),
};
