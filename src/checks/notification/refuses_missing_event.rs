//! What happened has to be said.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/refuses-missing-event",
    aliases: &[],
    since: "2026.3",
    title: "a notification without event is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#section-11.3"],
    obligation: "a notification without event is refused with 400 and invalid_notification_request",
    doc: "The parameter is REQUIRED. A handler that reads it without looking whether it is there \
          answers `500`; one that files the notification anyway has an entry that belongs to \
          nothing.\n\n\
          Answer `400` with `invalid_notification_request`, which is the code for whatever is \
          missing or malformed.",
    judge: Judge::Refusal(Refusal {
        tamper: "missing-event",
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
