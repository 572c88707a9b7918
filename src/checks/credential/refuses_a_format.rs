//! A request names what it wants by an identifier.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-a-format",
    aliases: &[],
    since: "2026.3",
    title: "a request by format and type is refused",
    level: Level::Note,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request"],
    obligation: "a credential request that describes the credential by format and type is refused with 400 invalid_credential_request",
    doc: "Drafts before 15 had wallets send `format` with `vct` or `doctype`; 1.0 has two kinds of identifiers and nothing \
          else. An issuer that ignores those members as unknown is left with a request that names nothing: it must \
          not fall back to the only thing that it has.",
    judge: Judge::Refusal(Refusal {
        tamper: "names-format",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_credential_request"],
            tolerated: &["unknown_credential_configuration", "unknown_credential_identifier"],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};
