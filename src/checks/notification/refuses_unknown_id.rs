//! An event about nothing is not taken in.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/refuses-unknown-id",
    aliases: &[],
    since: "2026.3",
    title: "an unknown notification_id is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#section-11.3"],
    obligation: "a notification with a notification_id that the issuer never gave is refused with 400 and invalid_notification_id",
    doc: "An issuer that answers `204` whatever the id is lets wallets believe that they were \
          heard. The status 400 is a MUST and judged by `notification/errors-are-json`; the code \
          is a SHOULD, so another refusal warns here.\n\n\
          Look the id up, and answer `400` with `invalid_notification_id` where it is not there.",
    judge: Judge::Refusal(Refusal {
        tamper: "unknown-notification",
        expects: &[Expectation {
            station: Station::Notification,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_notification_id"],
            tolerated: &["invalid_notification_request", "invalid_request"],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};
