//! What must hold of each SD-JWT VC that was issued.

mod alg_is_announced;
mod binds_the_holder_key;
mod digests_are_unique;
mod disclosures_are_referenced;
mod disclosures_are_well_formed;
mod ends_with_a_tilde;
mod fits_the_described_paths;
mod has_no_repeated_names;
mod has_the_mandatory_claims;
mod hides_the_order_of_claims;
mod iss_is_a_plain_url;
mod is_valid_now;
mod issuer_key_set_is_well_formed;
mod keeps_protocol_claims_in_clear;
mod keeps_the_private_key_out;
mod key_belongs_to_the_issuer;
mod names_its_hash;
mod names_its_key;
mod omits_an_empty_sd;
mod reserves_the_digest_names;
mod salts_are_fresh;
mod salts_are_long;
mod signature_verifies;
mod typ_is_dc_sd_jwt;
mod vct_matches;

pub(super) use keeps_protocol_claims_in_clear::IN_CLEAR;

use serde_json::Value;

use super::{
    Answered, Applies, Breach, Check, Finding, Issued, OpenedSdJwt, Scene, applicability, judge,
};
use crate::formats::SdJwt;
use crate::protocol::{ClaimsPath, Configuration};

pub(super) use is_valid_now::valid_at;

/// The checks of SD-JWT VCs.
pub const CHECKS: &[&Check] = &[
    &ends_with_a_tilde::CHECK,
    &typ_is_dc_sd_jwt::CHECK,
    &alg_is_announced::CHECK,
    &signature_verifies::CHECK,
    &key_belongs_to_the_issuer::CHECK,
    &issuer_key_set_is_well_formed::CHECK,
    &iss_is_a_plain_url::CHECK,
    &names_its_key::CHECK,
    &vct_matches::CHECK,
    &binds_the_holder_key::CHECK,
    &keeps_the_private_key_out::CHECK,
    &keeps_protocol_claims_in_clear::CHECK,
    &disclosures_are_well_formed::CHECK,
    &disclosures_are_referenced::CHECK,
    &digests_are_unique::CHECK,
    &reserves_the_digest_names::CHECK,
    &names_its_hash::CHECK,
    &hides_the_order_of_claims::CHECK,
    &omits_an_empty_sd::CHECK,
    &has_no_repeated_names::CHECK,
    &has_the_mandatory_claims::CHECK,
    &fits_the_described_paths::CHECK,
    &salts_are_fresh::CHECK,
    &salts_are_long::CHECK,
    &is_valid_now::CHECK,
];

/// What is said of a signature that cannot be verified here: nobody vouches for the credential, and
/// that may well be our lack.
pub(super) fn unverified(algorithm: &str) -> Finding {
    let breach = Breach::new("a signature that can be verified", format!("one by {algorithm}"));
    Finding::Warns(
        breach,
        "this algorithm is not verified here, so nothing is known of the signature",
    )
}

/// Whether issuer or key are named by a DID, which leads to the key by rules of an ecosystem.
fn names_a_did(sd_jwt: &SdJwt) -> bool {
    [sd_jwt.issuer(), sd_jwt.jws.key_id()].iter().flatten().any(|name| name.starts_with("did:"))
}

/// Concerns issuers of SD-JWT VCs that describe claims.
fn where_claims_are_described(scene: &Scene<'_>) -> Applies {
    let Some(metadata) = scene.issuer_metadata() else {
        return applicability::sd_jwt_vc(scene);
    };
    let mut configurations = metadata.configurations().map(|(_, configuration)| configuration);
    match applicability::sd_jwt_vc(scene) {
        Applies::Yes => Applies::when(
            configurations.any(|configuration| !described_paths(Some(configuration)).is_empty()),
            "no configuration describes claims by paths",
        ),
        no => no,
    }
}

/// The paths in the claim descriptions of a configuration, and whether they are mandatory.
fn described_paths(configuration: Option<Configuration<'_>>) -> Vec<(ClaimsPath, bool)> {
    let Some(configuration) = configuration.filter(Configuration::is_sd_jwt_vc) else {
        return Vec::new();
    };
    let claims = configuration.json().pointer("/credential_metadata/claims");
    let described = claims.and_then(Value::as_array).into_iter().flatten().take(MOST_CLAIMS);
    let path = |claim: &Value| {
        let mandatory = claim.get("mandatory").and_then(Value::as_bool) == Some(true);
        Some((ClaimsPath::from_json(claim.get("path")?)?, mandatory))
    };
    described.filter_map(path).collect()
}

/// The most claim descriptions that are looked at.
const MOST_CLAIMS: usize = 500;

/// An honest credential whose configuration has these claim descriptions.
#[cfg(test)]
fn described_by(claims: Value) -> super::staging::Stage {
    use super::staging::{Stage, honest_metadata, with};
    use crate::checks::staging::credentials::{Paper, respond};
    let pointer = "/credential_configurations_supported/pid/credential_metadata";
    let metadata = with(honest_metadata(), pointer, serde_json::json!({ "claims": claims }));
    respond(Stage::new().issuer_metadata(metadata), &[Paper::honest(1).text()], 1)
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
        .map(|(place, opened)| judge_one(opened, issued).in_place(place, count))
        .reduce(judge::worse)
        .unwrap_or(Finding::Silent("no SD-JWT VC was issued"))
}
