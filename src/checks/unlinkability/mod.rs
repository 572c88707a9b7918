//! What keeps verifiers from recognising the holder of a batch.

mod identifiers_differ_within_a_batch;
mod issuer_keys_are_shared;
mod protocol_ids_stay_outside;
mod salts_differ_on_reissue;
mod salts_differ_within_a_batch;
mod times_are_coarse;

use super::{Answered, Check, Finding, Issued, OpenedSdJwt, Scene};

/// The checks of unlinkability.
pub const CHECKS: &[&Check] = &[
    &salts_differ_within_a_batch::CHECK,
    &times_are_coarse::CHECK,
    &identifiers_differ_within_a_batch::CHECK,
    &salts_differ_on_reissue::CHECK,
    &issuer_keys_are_shared::CHECK,
    &protocol_ids_stay_outside::CHECK,
];

/// The SD-JWT VCs of an answer with their places, if there are several; else what that means.
fn batch<'s>(
    answered: &Answered<'_>,
    scene: &'s Scene<'_>,
) -> Result<Vec<(usize, &'s OpenedSdJwt)>, Finding> {
    let issued = scene.issued_by(answered);
    let batch: Vec<(usize, &OpenedSdJwt)> = issued.into_iter().flat_map(Issued::sd_jwts).collect();
    match batch.len() {
        0 => Err(Finding::Silent("no SD-JWT VC was issued")),
        1 => Err(Finding::Exempt("one credential was issued, which is the issuer's right")),
        _ => Ok(batch),
    }
}
