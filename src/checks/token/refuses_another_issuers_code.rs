//! Tenants of one server are strangers to each other.

use super::INVALID_GRANT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-another-issuers-code",
    aliases: &[],
    since: "2026.3",
    title: "a code of another issuer is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#token-error-response"],
    obligation: "a pre-authorized code that another issuer gave out is refused with 400 invalid_grant",
    doc: "Where one server has several issuers, their codes often lie in one table, found by value alone. Then a \
          code of the one is redeemed at the other, under its rules and with its keys. Keep the issuer with \
          each code, and look for both. Two issuers that name the same token endpoint share an \
          authorization server, and are not compared.",
    judge: Judge::Refusal(Refusal {
        tamper: "another-issuers-code",
        expects: &[INVALID_GRANT],
        control: Control::Needed,
        leniency: None,
    }),
};
