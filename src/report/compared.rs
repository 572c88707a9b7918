//! That a run was held against a snapshot, and how much of it could be compared.

use schemars::JsonSchema;
use serde::Serialize;

/// A comparison with the recorded snapshot of the issuer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Compared {
    /// The file.
    pub file: String,
    /// How many scenarios are recorded in it.
    pub recorded: usize,
    /// How many of them were compared.
    pub compared: usize,
    /// How many changes were found.
    pub drifted: usize,
}
