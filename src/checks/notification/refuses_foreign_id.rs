//! What became of a credential is told by who has it.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/refuses-foreign-id",
    aliases: &[],
    since: "2026.3",
    title: "a notification_id goes with the token that got it",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#section-11.3"],
    obligation: "a notification with the notification_id of another wallet, with an access token from another offer, is refused with 400, 401 or 403",
    doc: "A handler that verifies the token and then looks the id up alone lets every customer \
          report the deletion of every other one's credential. Keep with the id which grant it \
          was given under, and compare.\n\n\
          The check uses two offers of the same source. Where both stand for the same person an \
          issuer may see nothing wrong in it, so this warns.",
    judge: Judge::Refusal(Refusal {
        tamper: "foreign-notification",
        expects: &[Expectation {
            station: Station::Notification,
            applies: applicability::always,
            status: &[400, 401, 403],
            codes: &[],
            tolerated: &[],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};
