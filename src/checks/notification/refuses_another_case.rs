//! Credential_Accepted is not the name of an event.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/refuses-another-case",
    aliases: &[],
    since: "2026.3",
    title: "the name of an event is compared with its case",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#notification", "vci#section-11.3"],
    obligation: "a notification whose event is CREDENTIAL_ACCEPTED is refused with 400 and invalid_notification_request",
    doc: "Enumerations of many frameworks are read without regard to case, or are written in \
          capitals in the code and in the message alike. The event MUST be a case sensitive \
          string.\n\n\
          Compare with `credential_accepted`, `credential_failure` and `credential_deleted` to \
          the letter. A refusal with another status or code warns.",
    judge: Judge::Refusal(Refusal {
        tamper: "event-in-wrong-case",
        expects: &[Expectation {
            station: Station::Notification,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_notification_request"],
            tolerated: &["invalid_request"],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};
