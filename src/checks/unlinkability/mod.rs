//! What keeps verifiers from recognising the holder of a batch.

mod identifiers_differ_within_a_batch;
mod salts_differ_within_a_batch;
mod times_are_coarse;

use super::{Answered, Check, OpenedSdJwt, Scene};

/// The checks of unlinkability.
pub const CHECKS: &[&Check] = &[
    &salts_differ_within_a_batch::CHECK,
    &times_are_coarse::CHECK,
    &identifiers_differ_within_a_batch::CHECK,
];

/// The SD-JWT VCs of an answer with their places, if there are several.
fn batch<'s>(
    answered: &Answered<'_>,
    scene: &'s Scene<'_>,
) -> Option<Vec<(usize, &'s OpenedSdJwt)>> {
    let batch: Vec<(usize, &OpenedSdJwt)> = scene.issued_by(answered)?.sd_jwts().collect();
    (batch.len() > 1).then_some(batch)
}
