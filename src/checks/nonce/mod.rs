//! What must hold of the Nonce Endpoint.

mod answers_as_json;
mod is_uncacheable;
mod is_unpredictable;
mod needs_no_token;
mod states_no_lifetime;

use super::Check;

/// The checks of this station.
pub const CHECKS: &[&Check] = &[
    &needs_no_token::CHECK,
    &answers_as_json::CHECK,
    &is_uncacheable::CHECK,
    &is_unpredictable::CHECK,
    &states_no_lifetime::CHECK,
];
