//! What became of a holder's entitlement at our request.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The issuer's operator was asked, by the hook of the user, to change what an offer entitles to,
/// and answered that it was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EntitlementChange {
    /// The step of the script, from 1.
    pub step: u32,
    /// When the hook had answered, on our clock.
    pub at: Timestamp,
    /// The offer, by its place in the transcript.
    pub offer: usize,
    /// What it entitles to from then on.
    pub entitles: Entitles,
}

/// What an offer entitles to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Entitles {
    /// To nothing more: its holder is no longer eligible.
    ToNothing,
    /// To credentials with these claims.
    ToClaims(Map<String, Value>),
}
