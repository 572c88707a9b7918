//! Without zip_values_supported nothing is compressed, also not on request.

use super::{UNANNOUNCED, announces_responses};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-an-unannounced-zip",
    aliases: &[],
    since: "2026.3",
    title: "an unannounced compression is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#credential-request-errors", "vci#credential-issuer-parameters"],
    obligation: "a credential request whose zip is outside zip_values_supported is refused with 400 invalid_encryption_parameters",
    doc: "`zip` is often read and not used: the answer comes uncompressed, though the wallet \
          asked for the opposite. Where it does reach the JOSE library, the issuer compresses \
          what it never announced.\n\n\
          Compare `zip` with `zip_values_supported` of `credential_response_encryption`; \
          absent from the metadata means that no compression is supported.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-unannounced-zip",
        expects: &[UNANNOUNCED],
        control: Control::Needed,
        leniency: None,
    }),
};
