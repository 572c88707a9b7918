//! The grant type says how to read the rest of the request.

use super::INVALID_REQUEST;
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-missing-grant-type",
    aliases: &[],
    since: "2026.1",
    title: "a missing grant type is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-5.2"],
    obligation: "a token request without grant_type is refused with 400 invalid_request",
    doc: "Servers that know one grant only are tempted to assume it. A request without \
          `grant_type` is malformed, whatever else it carries: `invalid_request`. \
          `unsupported_grant_type` is for a type that was named and is not offered; it comes out \
          where the absent value falls through to the last branch.",
    judge: Judge::Refusal(Refusal {
        tamper: "missing-grant-type",
        expects: &[Expectation { tolerated: &["unsupported_grant_type"], ..INVALID_REQUEST }],
        control: Control::NotNeeded,
        leniency: None,
    }),
};
