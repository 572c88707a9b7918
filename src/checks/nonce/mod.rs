//! What must hold of the Nonce Endpoint.

mod answers_as_json;
mod errors_carry_no_nonce;
mod is_uncacheable;
mod is_unpredictable;
mod names_a_used_nonce;
mod needs_no_token;
mod refuses_get;
mod states_no_lifetime;

use super::Check;

/// The checks of this station.
pub const CHECKS: &[&Check] = &[
    &needs_no_token::CHECK,
    &answers_as_json::CHECK,
    &is_uncacheable::CHECK,
    &is_unpredictable::CHECK,
    &states_no_lifetime::CHECK,
    &refuses_get::CHECK,
    &names_a_used_nonce::CHECK,
    &errors_carry_no_nonce::CHECK,
];
