//! What must hold of the Revocation Endpoint, where there is one.

mod accepts_unknown_tokens;
mod answers_200;
mod ends_refresh_tokens;

use super::refresh::issues_refresh_tokens;
use super::{Applies, Check, Scene};

/// The checks of this station.
pub const CHECKS: &[&Check] =
    &[&answers_200::CHECK, &accepts_unknown_tokens::CHECK, &ends_refresh_tokens::CHECK];

/// Concerns authorization servers that issue refresh tokens and take them back.
fn takes_back(scene: &Scene<'_>) -> Applies {
    let advertised =
        scene.as_metadata().is_none_or(|server| server.revocation_endpoint().is_some());
    match issues_refresh_tokens(scene) {
        Applies::Yes => Applies::when(advertised, "revocation_endpoint is not advertised"),
        no => no,
    }
}
