//! A token is made out to one issuer, whoever else lives in the house.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-another-issuers-token",
    aliases: &[],
    since: "2026.3",
    title: "an access token of another issuer is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6750#section-5.2", "vci#authorization-errors"],
    obligation: "a credential request with an access token of another issuer is refused with 401 and invalid_token, or 403 and insufficient_scope",
    doc: "Where several issuers share a server, a key or a token store, a token of the one is often good at the \
          other: its signature verifies, and nobody compares the audience. Whoever may get a library card \
          from one tenant then asks another for a passport. Put the issuer into the token (`aud`), or keep \
          it beside the token, and compare at the Credential Endpoint.",
    judge: Judge::Refusal(Refusal {
        tamper: "another-issuers-token",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[401, 403],
            codes: &["invalid_token", "insufficient_scope"],
            tolerated: &["invalid_dpop_proof"],
            code_in: CodeIn::Challenge,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};
