//! Whether a report may be passed on.

use schemars::JsonSchema;
use serde::Serialize;

/// What was taken out of a report before it was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Redaction {
    /// Every secret has a pseudonym in its place, every claim a placeholder.
    #[default]
    Redacted,
    /// Nothing: secrets and claims stand there as they were sent.
    None,
}

impl Redaction {
    /// The name as written in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Redacted => "redacted",
            Self::None => "none",
        }
    }

    /// What every rendering has to say first, and loudly.
    pub const fn warning(self) -> Option<&'static str> {
        match self {
            Self::Redacted => None,
            Self::None => Some("contains secrets: do not pass on"),
        }
    }
}

impl std::fmt::Display for Redaction {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name())
    }
}
