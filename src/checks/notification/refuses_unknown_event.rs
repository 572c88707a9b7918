//! There are three events.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/refuses-unknown-event",
    aliases: &[],
    since: "2026.3",
    title: "an event that does not exist is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#notification", "vci#section-11.3"],
    obligation: "a notification whose event is none of the three that are defined is refused with 400 and invalid_notification_request",
    doc: "An issuer that stores whatever text comes finds events in its books that it has no \
          rule for. The value MUST be one of `credential_accepted`, `credential_failure`, \
          `credential_deleted`.\n\n\
          Answer `400` with `invalid_notification_request`. A refusal with another status or \
          code warns.",
    judge: Judge::Refusal(Refusal {
        tamper: "unknown-event",
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
