//! A proof made for one token must not carry another.

use super::AT_RESOURCES;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-wrong-ath",
    aliases: &[],
    since: "2026.1",
    title: "a proof for another token is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.3", "rfc9449#section-7"],
    obligation: "a DPoP proof whose ath is not the hash of the access token is refused at the Credential Endpoint",
    doc: "`ath` is the base64url form, without padding, of the SHA-256 of the token as sent. If \
          a wrong value is accepted, the claim is tested for presence only. Compute the hash \
          from the token in the `Authorization` header, not from a decoded or stored form of it, \
          and compare.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-wrong-ath",
        expects: AT_RESOURCES,
        control: Control::Needed,
        leniency: None,
    }),
};
