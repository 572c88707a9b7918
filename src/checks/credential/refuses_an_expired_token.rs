//! A lifetime that nobody looks at is a promise of the wrong kind.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-an-expired-token",
    aliases: &[],
    since: "2026.3",
    title: "an expired access token is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#authorization-errors", "rfc6750#section-3.1", "rfc6749#section-5.1"],
    obligation: "a credential request with an access token whose expires_in has passed is refused with 401 and invalid_token",
    doc: "The token response says how long the access token lives, and the resource is what has to keep to it. A \
          resource that verifies the signature of a token and not its `exp`, or asks a cache that outlives \
          it, honours a stolen token for ever. The scenario waits for `expires_in` and five and a half minutes more, \
          since verifiers allow for clocks that differ. Status and code of the refusal are recommended rather than demanded.",
    judge: Judge::Refusal(Refusal {
        tamper: "expired-token",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[401],
            codes: &["invalid_token"],
            tolerated: &["invalid_dpop_proof"],
            code_in: CodeIn::Challenge,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};
