//! Without a token there is nothing to talk about but the token.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-missing-token",
    aliases: &[],
    since: "2026.1",
    title: "a request without an access token is challenged",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#authorization-errors", "rfc6750#section-3"],
    obligation: "a credential request without an access token is answered with 401 and a WWW-Authenticate challenge, without an error code",
    doc: "An endpoint that reads the body first answers `400 invalid_proof`, and so tells strangers \
          which of their bodies is well formed; a gateway in front of it often answers 403, or 401 \
          without the `WWW-Authenticate` field that RFC 6750 demands.\n\n\
          Let the layer that checks tokens run before everything else and answer \
          `401` with `WWW-Authenticate: Bearer` or `DPoP algs=\"ES256\"`. It should name no `error` \
          here: the client presented nothing that could be wrong. The field is a MUST, the status \
          stands only in an example: a challenge with another one warns.",
    judge: Judge::Refusal(Refusal {
        tamper: "missing-token",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[401],
            codes: &[],
            tolerated: &[],
            code_in: CodeIn::BareChallenge,
            fixed: true,
        }],
        control: Control::NotNeeded,
        leniency: None,
    }),
};
