//! Who was given identifiers has to use them.

use super::super::requested;
use crate::checks::{
    Applies, Check, CodeIn, Control, Expectation, Judge, Level, Refusal, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-configurations-despite-identifiers",
    aliases: &[],
    since: "2026.3",
    title: "a configuration is refused where identifiers were given",
    level: Level::Derived,
    raised_by: &[],
    applies: by_identifier,
    spec: &["vci#credential-request"],
    obligation: "a credential request by configuration, though the token response named identifiers, is refused with 400 invalid_credential_request",
    doc: "Once the token response names `credential_identifiers`, `credential_configuration_id` has no place in requests: it \
          would leave open which of several datasets is meant. Refuse it, so that wallets do not come to rely on it.",
    judge: Judge::Refusal(Refusal {
        tamper: "configuration-despite-identifiers",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_credential_request"],
            tolerated: &["unknown_credential_configuration"],
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
