//! What must hold of each SD-JWT VC that was issued.

mod alg_is_announced;
mod binds_the_holder_key;
mod digests_are_unique;
mod disclosures_are_referenced;
mod disclosures_are_well_formed;
mod ends_with_a_tilde;
mod is_valid_now;
mod issuer_key_set_is_well_formed;
mod keeps_protocol_claims_in_clear;
mod keeps_the_private_key_out;
mod key_belongs_to_the_issuer;
mod reserves_the_digest_names;
mod salts_are_fresh;
mod signature_verifies;
mod typ_is_dc_sd_jwt;
mod vct_matches;

use super::{Answered, Check, Finding, Issued, OpenedSdJwt, Scene, judge};
use crate::formats::SdJwt;

/// The checks of SD-JWT VCs.
pub const CHECKS: &[&Check] = &[
    &ends_with_a_tilde::CHECK,
    &typ_is_dc_sd_jwt::CHECK,
    &alg_is_announced::CHECK,
    &signature_verifies::CHECK,
    &key_belongs_to_the_issuer::CHECK,
    &issuer_key_set_is_well_formed::CHECK,
    &vct_matches::CHECK,
    &binds_the_holder_key::CHECK,
    &keeps_the_private_key_out::CHECK,
    &keeps_protocol_claims_in_clear::CHECK,
    &disclosures_are_well_formed::CHECK,
    &disclosures_are_referenced::CHECK,
    &digests_are_unique::CHECK,
    &reserves_the_digest_names::CHECK,
    &salts_are_fresh::CHECK,
    &is_valid_now::CHECK,
];

/// Whether issuer or key are named by a DID, which leads to the key by rules of an ecosystem.
fn names_a_did(sd_jwt: &SdJwt) -> bool {
    [sd_jwt.issuer(), sd_jwt.jws.key_id()].iter().flatten().any(|name| name.starts_with("did:"))
}

/// The worst finding over the SD-JWT VCs of a credential response. Those that cannot be opened
/// are left out: that they cannot is what `sd-jwt/ends-with-a-tilde` says.
pub(in crate::checks) fn each(
    answered: &Answered<'_>,
    scene: &Scene<'_>,
    judge_one: impl Fn(&OpenedSdJwt, &Issued) -> Finding,
) -> Finding {
    let Some(issued) = scene.issued_by(answered) else {
        return Finding::Silent("nothing was issued");
    };
    let count = issued.credentials.len();
    issued
        .sd_jwts()
        .map(|(place, opened)| in_place(judge_one(opened, issued), place, count))
        .reduce(judge::worse)
        .unwrap_or(Finding::Silent("no SD-JWT VC was issued"))
}

/// Says which credential of several it is.
fn in_place(finding: Finding, place: usize, count: usize) -> Finding {
    let prefix = |mut breach: super::Breach| {
        if count > 1 {
            breach.actual = format!("credential {} of {count}: {}", place + 1, breach.actual);
        }
        breach
    };
    match finding {
        Finding::Breaks(breach) => Finding::Breaks(prefix(breach)),
        Finding::Warns(breach, reason) => Finding::Warns(prefix(breach), reason),
        other => other,
    }
}
