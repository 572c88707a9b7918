//! Who tells what became of a credential has to be who got it.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/refuses-missing-token",
    aliases: &[],
    since: "2026.3",
    title: "a notification without an access token is challenged",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#section-11.3", "rfc6750#section-3"],
    obligation: "a notification without an access token is answered with 401 and a WWW-Authenticate challenge, without an error code",
    doc: "An open endpoint lets anybody who has seen a `notification_id` report that a \
          credential failed or was deleted, and issuers act on that. The endpoint is easily left \
          out of the filter that checks tokens.\n\n\
          Answer `401` with `WWW-Authenticate: Bearer` or `DPoP`, and without an `error`. The \
          field is a MUST, another status warns.",
    judge: Judge::Refusal(Refusal {
        tamper: "missing-token",
        expects: &[Expectation {
            station: Station::Notification,
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
