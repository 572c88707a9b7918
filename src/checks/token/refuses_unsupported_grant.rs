//! A grant type that nobody offers must not be taken for one that is.

use super::INVALID_REQUEST;
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-unsupported-grant",
    aliases: &[],
    since: "2026.1",
    title: "an unsupported grant type is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-5.2"],
    obligation: "a token request with a grant_type that is not offered is refused with 400 unsupported_grant_type",
    doc: "An unknown `grant_type` is the one parameter value that has an error code of its own: \
          `unsupported_grant_type`, not `invalid_request`. A 500 points to a look-up in a table \
          of grant handlers that lacks a default. A token shows that the parameter is not read \
          at all.",
    judge: Judge::Refusal(Refusal {
        tamper: "unsupported-grant",
        expects: &[Expectation {
            codes: &["unsupported_grant_type"],
            tolerated: &["unauthorized_client"],
            ..INVALID_REQUEST
        }],
        control: Control::NotNeeded,
        leniency: None,
    }),
};
