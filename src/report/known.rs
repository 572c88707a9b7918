//! A failure that its owners know of, and the reason they gave for letting it pass.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::checks::Outcome;

/// What somebody wrote down about a failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// What it was judged to be.
    pub judged: Outcome,
    /// Why it is let pass for now.
    pub reason: String,
    /// The last day on which it is let pass.
    pub expires: Option<Date>,
    /// Where it is tracked.
    pub issue: Option<String>,
}
