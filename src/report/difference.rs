//! One value that is not as it was recorded.

use schemars::JsonSchema;
use serde::Serialize;

/// A value of an issuer's snapshot, then and now. At least one side is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Difference {
    /// Which value: its path in the snapshot.
    pub value: String,
    /// What was recorded; none for what is new.
    pub recorded: Option<String>,
    /// What it is now; none for what is gone.
    pub now: Option<String>,
}
