//! An algorithm that is not announced is the wallet's mistake, not the server's.

use super::{UNANNOUNCED, announces_responses};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-an-unannounced-alg",
    aliases: &[],
    since: "2026.3",
    title: "a key of an unannounced algorithm is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#credential-request-errors", "vci#credential-issuer-parameters"],
    obligation: "a credential request whose key for the answer has an alg outside alg_values_supported is refused with 400 invalid_encryption_parameters",
    doc: "The name goes straight into a JOSE library, which throws, and the wallet sees a \
          `500`; or the name is passed over and the issuer uses the one algorithm that it \
          knows.\n\n\
          Compare `jwk.alg` with your own `alg_values_supported` before the library sees it.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-unknown-alg",
        expects: &[UNANNOUNCED],
        control: Control::Needed,
        leniency: None,
    }),
};
