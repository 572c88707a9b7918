//! What must hold of the Nonce Endpoint.

mod is_uncacheable;

use super::Check;

/// The checks of this station.
pub const CHECKS: &[&Check] = &[&is_uncacheable::CHECK];
