//! A proof captured at one address must be worthless at another.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-wrong-htu",
    aliases: &[],
    since: "2026.1",
    title: "a proof for another address is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.2", "rfc9449#section-4.3"],
    obligation: "a DPoP proof whose htu is not the address of the request is refused",
    doc: "Behind a reverse proxy the server sees an internal address, the comparison fails for \
          every wallet, and it gets switched off or weakened to the host or a prefix. Compare \
          with the published URL of the endpoint instead, configured or rebuilt from trusted \
          forwarding headers, without query and fragment, after the normalisation of RFC 3986 \
          6.2.2 and 6.2.3.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-wrong-htu",
        expects: AT_EACH_ENDPOINT,
        control: Control::Needed,
        leniency: None,
    }),
};
