//! A transaction id is no key: whoever comes without a token gets nothing.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/refuses-missing-token",
    aliases: &[],
    since: "2026.3",
    title: "a deferred request without an access token is challenged",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::deferred_endpoint,
    spec: &["vci#deferred-credential-issuance", "rfc6750#section-3"],
    obligation: "a deferred credential request without an access token is answered with 401 and a WWW-Authenticate challenge, without an error code",
    doc: "A handler that takes the `transaction_id` for a secret hands the credential to whoever \
          has seen it: in a log, in a proxy, in a crash report. The endpoint is often written \
          later than the Credential Endpoint, and the filter that checks tokens is not put in \
          front of it.\n\n\
          Put the same filter in front of both. It answers `401` with `WWW-Authenticate: Bearer` \
          or `DPoP`, and names no `error`: the client presented nothing that could be wrong. The \
          field is a MUST, another status warns.",
    judge: Judge::Refusal(Refusal {
        tamper: "missing-token",
        expects: &[Expectation {
            station: Station::Deferred,
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
