//! Who gave no identifiers knows none.

use super::super::requested;
use crate::checks::{
    Applies, Check, CodeIn, Control, Expectation, Judge, Level, Refusal, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-made-up-identifiers",
    aliases: &[],
    since: "2026.3",
    title: "an identifier that was never given is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: without_identifiers,
    spec: &["vci#credential-request"],
    obligation: "a credential request by an identifier, though the token response named none, is refused with 400",
    doc: "Without `credential_identifiers` in the token response, requests name a configuration. An issuer that takes a \
          configuration id in the other member, or any text at all, lets wallets rely on what other issuers refuse.",
    judge: Judge::Refusal(Refusal {
        tamper: "made-up-identifier",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["unknown_credential_identifier", "invalid_credential_request"],
            tolerated: &[],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

fn without_identifiers(scene: &Scene<'_>) -> Applies {
    Applies::when(
        !requested::names_identifiers(scene),
        "the token response names credential_identifiers",
    )
}
