//! What can be unusual about a revocation request.

use super::Tamper;
use super::token::set;
use crate::transcript::Station;
use crate::wallet::dpop::fresh_identifier;

/// The rows of the revocation request.
pub const TAMPERS: &[Tamper] = &[Tamper {
    name: "revocation-unknown",
    says: "gives back a token that was never issued",
    at: &[Station::Revocation],
    resends: false,
    change: |draft, _| {
        set(draft, "token", &fresh_identifier())?;
        Ok("token is a fresh random value".into())
    },
}];
