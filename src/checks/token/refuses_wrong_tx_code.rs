//! A lock that opens to any key is no lock.

use super::{INVALID_GRANT, with_tx_code};
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "token/refuses-wrong-tx-code",
    aliases: &[],
    since: "2026.1",
    title: "a wrong Transaction Code is refused",
    level: Level::Must,
    raised_by: &[],
    applies: with_tx_code,
    spec: &["vci#token-error-response"],
    obligation: "a token request with a wrong tx_code is refused with 400 invalid_grant",
    doc: "A wrong Transaction Code has the length and the characters of the right one, and is \
          still refused, with `invalid_grant`. It gets through where only the format is \
          validated, where the comparison is against a default from a test set-up, or where the \
          check was switched off for a demonstration. `invalid_tx_code` is a code of the 1.1 \
          drafts, which wallets of 1.0 do not know.",
    judge: Judge::Refusal(Refusal {
        tamper: "wrong-tx-code",
        expects: &[Expectation { tolerated: &["invalid_tx_code"], ..INVALID_GRANT }],
        control: Control::Needed,
        leniency: None,
    }),
};
