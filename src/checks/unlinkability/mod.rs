//! What keeps verifiers from recognising the holder of a batch.

mod identifiers_differ_within_a_batch;
mod issuer_keys_are_shared;
mod protocol_ids_stay_outside;
mod salts_differ_on_reissue;
mod salts_differ_within_a_batch;
pub(super) mod serves_every_instance;
mod times_are_coarse;

use super::{Answered, Check, Finding, Issued, Opened, Scene};

/// The checks of unlinkability.
pub const CHECKS: &[&Check] = &[
    &salts_differ_within_a_batch::CHECK,
    &times_are_coarse::CHECK,
    &identifiers_differ_within_a_batch::CHECK,
    &salts_differ_on_reissue::CHECK,
    &issuer_keys_are_shared::CHECK,
    &protocol_ids_stay_outside::CHECK,
    &serves_every_instance::CHECK,
];

/// The credentials of an answer that could be opened with their places, if there are several; else what that means.
fn batch<'s>(
    answered: &Answered<'_>,
    scene: &'s Scene<'_>,
) -> Result<Vec<(usize, &'s Opened)>, Finding> {
    let issued = scene.issued_by(answered);
    let batch: Vec<(usize, &Opened)> = issued.into_iter().flat_map(Issued::readable).collect();
    match batch.len() {
        0 => Err(Finding::Silent("no credential that could be opened was issued")),
        1 => Err(Finding::Exempt("one credential was issued, which is the issuer's right")),
        _ => Ok(batch),
    }
}
