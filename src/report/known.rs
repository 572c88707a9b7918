//! A failure that its owners know of, and the reason they gave for letting it pass.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::checks::Outcome;

/// What somebody wrote down about a failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

impl Known {
    /// The reason, what was judged, until when it holds, and where it is tracked.
    pub fn in_words(&self) -> String {
        let mut text = format!("{} ({})", self.reason, self.judged.name());
        if let Some(expires) = self.expires {
            text.push_str(&format!(", until {expires}"));
        }
        if let Some(issue) = &self.issue {
            text.push_str(&format!(", {issue}"));
        }
        text
    }
}
