//! What became of a credential at our request.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The issuer's operator was asked to set a status, by the hook of the user, and answered that it
/// was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StatusChange {
    /// The step of the script, from 1.
    pub step: u32,
    /// When the hook had answered, on our clock.
    pub at: Timestamp,
    /// The list that the credential refers to.
    pub uri: String,
    /// The entry in it.
    pub index: u64,
    /// What it was set to.
    pub status: NewStatus,
}

/// A status that a credential can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NewStatus {
    /// Revoked, for good.
    Invalid,
    /// Not good for now.
    Suspended,
}

impl NewStatus {
    /// Its value in a list (draft-ietf-oauth-status-list 7.1).
    pub fn value(self) -> u8 {
        match self {
            Self::Invalid => 1,
            Self::Suspended => 2,
        }
    }

    /// The name as told to hooks and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Suspended => "suspended",
        }
    }
}
