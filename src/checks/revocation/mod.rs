//! What must hold of the Revocation Endpoint, where there is one.

mod accepts_unknown_tokens;
mod answers_200;
mod ends_refresh_tokens;

use super::refresh::issues_refresh_tokens;
use super::{Applies, Check, Scene};
use crate::protocol::Feature;

/// The checks of this station.
pub const CHECKS: &[&Check] =
    &[&answers_200::CHECK, &accepts_unknown_tokens::CHECK, &ends_refresh_tokens::CHECK];

/// Concerns authorization servers that issue refresh tokens and take them back.
fn takes_back(scene: &Scene<'_>) -> Applies {
    match issues_refresh_tokens(scene) {
        Applies::Yes => Applies::where_announced(scene, Feature::RevocationEndpoint),
        no => no,
    }
}
