//! A request for this grant without the code has nothing to redeem.

use super::INVALID_REQUEST;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-missing-code",
    aliases: &[],
    since: "2026.1",
    title: "a missing code is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#token-request", "rfc6749#section-5.2"],
    obligation: "a token request without pre-authorized_code is refused with 400 invalid_request",
    doc: "The parameter is required with this grant type, and a request that lacks it is \
          malformed: `invalid_request`. Servers answer `invalid_grant` when they look up the \
          empty string, or 500 when they look up nothing at all. Mind the spelling, with a \
          hyphen and an underscore: a form that binds `pre_authorized_code` never sees the \
          parameter of any wallet.",
    judge: Judge::Refusal(Refusal {
        tamper: "missing-code",
        expects: &[INVALID_REQUEST],
        control: Control::NotNeeded,
        leniency: None,
    }),
};
