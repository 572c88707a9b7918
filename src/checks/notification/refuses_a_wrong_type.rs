//! An event is a word.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/refuses-a-wrong-type",
    aliases: &[],
    since: "2026.3",
    title: "a notification whose event is no text is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#section-11.3"],
    obligation: "a notification whose event is a number is refused with 400 and invalid_notification_request",
    doc: "A parser that maps the body onto a type answers `500` where the type does not fit, \
          unless its error is turned into an answer. Catch it where all handlers share it.\n\n\
          Answer `400` with `invalid_notification_request`.",
    judge: Judge::Refusal(Refusal {
        tamper: "numeric-event",
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
