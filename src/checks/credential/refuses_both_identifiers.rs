//! Two names for one thing may be names of two.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-both-identifiers",
    aliases: &[],
    since: "2026.3",
    title: "a request that names both is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request"],
    obligation: "a credential request with credential_identifier and credential_configuration_id is refused with 400 invalid_credential_request",
    doc: "Each of the two excludes the other. An issuer that looks at one and overlooks the other may issue something else \
          than the wallet meant. Refuse the request before either is looked up.",
    judge: Judge::Refusal(Refusal {
        tamper: "names-both",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_credential_request"],
            tolerated: &["unknown_credential_identifier", "unknown_credential_configuration"],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};
