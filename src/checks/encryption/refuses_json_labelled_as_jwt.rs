//! The label decides how a body is read.

use super::{UNDECRYPTABLE, announces_requests};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-json-labelled-as-jwt",
    aliases: &[],
    since: "2026.3",
    title: "JSON that is labelled as a JWT is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_requests,
    spec: &["vci#encrypted-messages", "vci#credential-request"],
    obligation: "a credential request in JSON under the media type application/jwt is refused with 400 and an error in plain JSON",
    doc: "Either the parser of the JWT throws and the wallet sees a `500`; or the issuer looks \
          at the first character of the body instead of its media type, and takes in clear \
          what claimed to be encrypted.\n\n\
          Read the body by its `Content-Type`, and answer what does not parse with `400`.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-json-as-jwt",
        expects: &[UNDECRYPTABLE],
        control: Control::Needed,
        leniency: None,
    }),
};
