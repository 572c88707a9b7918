//! A key that is sent along is no longer anyone's own.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-private-key",
    aliases: &[],
    since: "2026.1",
    title: "a proof that shows its private key is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.2", "rfc9449#section-4.3"],
    obligation: "a DPoP proof whose jwk header holds a private key is refused",
    doc: "A wallet that puts its private key into the header has given it to everyone who reads \
          the request, and a token bound to it is as good as a bearer token. JWK parsers accept \
          the member `d` silently and go on with the public half. Look for private members (`d`, \
          `p`, `q`, `k`) in the raw header before it is parsed.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-private-key",
        expects: AT_EACH_ENDPOINT,
        control: Control::Needed,
        leniency: None,
    }),
};
