//! Ten kilobytes can become ten megabytes, or ten gigabytes.

use super::{TOO_LARGE, announces_request_compression};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/bounds-decompression",
    aliases: &[],
    since: "2026.3",
    title: "what a compressed request inflates to is bounded",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_request_compression,
    spec: &["vci#encrypted-messages", "rfc7516#section-11"],
    obligation: "an encrypted credential request that inflates to ten megabytes is refused",
    doc: "The limit on the size of a body counts what arrives. With `zip: DEF` a thousandfold \
          of that comes out of decompression, and a few such requests at once are enough to \
          take the server down.\n\n\
          Give the decompression a limit of its own, near the one for bodies in clear; most \
          JOSE libraries have an option for it. Answer `400` or `413`.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-bomb",
        expects: &[TOO_LARGE],
        control: Control::Needed,
        leniency: None,
    }),
};
