//! An identifier is good for the token that it came with.

use super::super::requested;
use crate::checks::{
    Applies, Check, CodeIn, Control, Expectation, Judge, Level, Refusal, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-unknown-identifiers",
    aliases: &[],
    since: "2026.3",
    title: "an unknown credential identifier is refused",
    level: Level::Must,
    raised_by: &[],
    applies: by_identifier,
    spec: &["vci#credential-request-errors"],
    obligation: "a credential request by an identifier that the token response did not name is refused with 400 unknown_credential_identifier",
    doc: "The token response lists what the token is for. An issuer that takes any text for an identifier, or falls back to \
          its first dataset, issues what nobody authorized; one that lets the missing entry escape answers 404 or \
          500.",
    judge: Judge::Refusal(Refusal {
        tamper: "made-up-identifier",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["unknown_credential_identifier"],
            tolerated: &["invalid_credential_request"],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

fn by_identifier(scene: &Scene<'_>) -> Applies {
    Applies::when(
        requested::names_identifiers(scene),
        "no token response names credential_identifiers",
    )
}
