//! The colour of an outcome. Its name always stands beside it.

use crate::checks::Outcome;

/// The class of an outcome in the style sheet.
pub(super) fn tone(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "good",
        Outcome::Warn => "fair",
        outcome if outcome.is_red() => "bad",
        _ => "still",
    }
}
