//! Which content encryption is used is the wallet's choice, and there is no default.

use super::{WRONG_WISH, announces_responses};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-a-missing-enc",
    aliases: &[],
    since: "2026.3",
    title: "a wish for encryption without enc is refused",
    level: Level::Must,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#credential-request", "vci#credential-request-errors"],
    obligation: "a credential request whose credential_response_encryption has no enc is refused with 400 invalid_encryption_parameters",
    doc: "`enc` was optional in early drafts, with `A128CBC-HS256` as its default, and \
          libraries still fill it in. A wallet that does not speak the default cannot open the \
          answer.\n\n\
          Treat `enc` as required, and answer `400` with `invalid_encryption_parameters` where \
          it is missing.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-missing-enc",
        expects: &[WRONG_WISH],
        control: Control::Needed,
        leniency: None,
    }),
};
