//! What must hold of each mdoc that was issued.

mod alg_is_announced;
mod alg_is_protected;
mod authority_fits_the_profile;
mod binds_the_device_key;
mod carries_its_certificates;
mod cbor_is_sound;
mod country_is_that_of_the_certificate;
mod digests_match;
mod doctype_matches;
mod elements_have_their_types;
mod elements_occur_once;
mod is_an_issuer_signed;
mod is_valid_now;
mod items_are_complete;
mod items_are_embedded;
mod items_have_digests;
mod key_authorizations_fit;
mod key_belongs_to_the_issuer;
mod leaves_the_root_out;
mod names_its_version_and_digest;
mod randoms_are_fresh;
mod security_object_is_embedded;
mod signature_is_a_cose_sign1;
mod signature_verifies;
mod signer_certificate_fits_the_profile;
mod signer_is_marked_for_mdocs;
mod signer_is_valid_when_signing;
mod times_are_tdates;
mod update_lies_within_validity;

use super::{Answered, Check, Finding, Issued, OpenedMdoc, Scene, judge};

/// The checks of mdocs.
pub const CHECKS: &[&Check] = &[
    &is_an_issuer_signed::CHECK,
    &signature_is_a_cose_sign1::CHECK,
    &alg_is_protected::CHECK,
    &carries_its_certificates::CHECK,
    &leaves_the_root_out::CHECK,
    &signature_verifies::CHECK,
    &key_belongs_to_the_issuer::CHECK,
    &security_object_is_embedded::CHECK,
    &names_its_version_and_digest::CHECK,
    &binds_the_device_key::CHECK,
    &doctype_matches::CHECK,
    &times_are_tdates::CHECK,
    &is_valid_now::CHECK,
    &signer_is_valid_when_signing::CHECK,
    &items_are_embedded::CHECK,
    &items_are_complete::CHECK,
    &digests_match::CHECK,
    &items_have_digests::CHECK,
    &elements_occur_once::CHECK,
    &randoms_are_fresh::CHECK,
    &elements_have_their_types::CHECK,
    &country_is_that_of_the_certificate::CHECK,
    &alg_is_announced::CHECK,
    &signer_is_marked_for_mdocs::CHECK,
    &signer_certificate_fits_the_profile::CHECK,
    &authority_fits_the_profile::CHECK,
    &cbor_is_sound::CHECK,
    &update_lies_within_validity::CHECK,
    &key_authorizations_fit::CHECK,
];

/// The document type of a driving licence.
const LICENCE: &str = "org.iso.18013.5.1.mDL";

/// The worst finding over the mdocs of a credential response. Those that cannot be opened are left
/// out: that they cannot is what `mdoc/is-an-issuer-signed` says.
fn each(
    answered: &Answered<'_>,
    scene: &Scene<'_>,
    judge_one: impl Fn(&OpenedMdoc, &Issued) -> Finding,
) -> Finding {
    let Some(issued) = scene.issued_by(answered) else {
        return Finding::Silent("nothing was issued");
    };
    let count = issued.credentials.len();
    issued
        .mdocs()
        .map(|(place, opened)| judge_one(opened, issued).in_place(place, count))
        .reduce(judge::worse)
        .unwrap_or(Finding::Silent("no mdoc was issued"))
}
