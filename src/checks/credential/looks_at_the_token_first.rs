//! A stranger learns nothing from the errors of the body.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/looks-at-the-token-first",
    aliases: &[],
    since: "2026.3",
    title: "the token is looked at before the body",
    level: Level::Note,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6750#section-3"],
    obligation: "a malformed credential request without an access token is refused with 401",
    doc: "Where the body is parsed and validated before the token is looked at, strangers can try out what the endpoint \
          makes of anything they send. Put the check of the token before everything else in the chain.",
    judge: Judge::Refusal(Refusal {
        tamper: "malformed-without-token",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[401],
            codes: &[],
            tolerated: &[],
            code_in: CodeIn::BareChallenge,
            fixed: false,
        }],
        control: Control::NotNeeded,
        leniency: None,
    }),
};
