//! What must hold of the Credential Issuer Metadata: where it is, and what it says.

mod configurations_can_be_asked_for;
mod batch_size_is_at_least_two;
mod binding_goes_with_proof_types;
mod binding_methods_are_known;
mod claims_are_described_once;
mod claims_are_paths;
mod configurations_name_their_type;
mod display_is_unambiguous;
mod endpoints_are_urls;
mod endpoints_take_post;
mod identifier_has_no_trailing_slash;
mod identifier_is_a_plain_url;
mod is_at_the_inserted_path;
mod is_served_as_json;
mod keeps_display_in_credential_metadata;
mod key_attestations_required_is_well_formed;
mod languages;
mod languages_change_texts_only;
mod leaves_out_what_is_empty;
mod lists_configurations;
mod mdoc_claims_name_an_element;
mod names_authorization_servers;
mod names_dc_sd_jwt;
mod names_its_languages;
mod names_the_same_issuer;
mod proof_types_list_algorithms;
mod serves_any_language;
mod signing_algorithms_are_typed;
mod speaks_the_final_version;
mod uses_tls;

use serde_json::Value;

use super::well_known::is_inserted;
use super::{Answered, Applies, Check, Finding, Scene};
use crate::protocol::{Configuration, IssuerMetadata, WellKnown};
use crate::transcript::Station;

pub use speaks_the_final_version::fingerprint_of;

/// The checks of this station.
pub const CHECKS: &[&Check] = &[
    &is_at_the_inserted_path::CHECK,
    &is_served_as_json::CHECK,
    &names_the_same_issuer::CHECK,
    &identifier_is_a_plain_url::CHECK,
    &identifier_has_no_trailing_slash::CHECK,
    &uses_tls::CHECK,
    &endpoints_are_urls::CHECK,
    &endpoints_take_post::CHECK,
    &names_authorization_servers::CHECK,
    &lists_configurations::CHECK,
    &leaves_out_what_is_empty::CHECK,
    &configurations_name_their_type::CHECK,
    &names_dc_sd_jwt::CHECK,
    &binding_goes_with_proof_types::CHECK,
    &binding_methods_are_known::CHECK,
    &proof_types_list_algorithms::CHECK,
    &key_attestations_required_is_well_formed::CHECK,
    &signing_algorithms_are_typed::CHECK,
    &batch_size_is_at_least_two::CHECK,
    &display_is_unambiguous::CHECK,
    &claims_are_paths::CHECK,
    &claims_are_described_once::CHECK,
    &mdoc_claims_name_an_element::CHECK,
    &keeps_display_in_credential_metadata::CHECK,
    &serves_any_language::CHECK,
    &names_its_languages::CHECK,
    &languages_change_texts_only::CHECK,
    &speaks_the_final_version::CHECK,
    &configurations_can_be_asked_for::CHECK,
];

/// Judges the metadata in an answer, unless it is not the document that counts: an issuer may
/// keep another one for wallets of older drafts at the appended path.
pub(in crate::checks) fn in_document(
    answered: &Answered<'_>,
    scene: &Scene<'_>,
    judge: impl Fn(IssuerMetadata<'_>) -> Finding,
) -> Finding {
    match answered.json {
        Some(json) if answered.answer.is_success() && json.is_object() => {
            let counts = is_inserted(&answered.exchange.request.url, WellKnown::CredentialIssuer)
                || !is_published_at_the_inserted_path(scene);
            if counts {
                judge(IssuerMetadata::new(json))
            } else {
                Finding::Silent("a document beside the one at the inserted path")
            }
        }
        _ => Finding::Silent("no metadata was given"),
    }
}

/// Judges each configuration: `fault` says what is wrong with one, or nothing.
pub(in crate::checks) fn in_each_configuration(
    answered: &Answered<'_>,
    scene: &Scene<'_>,
    expected: &str,
    fault: impl Fn(Configuration<'_>) -> Option<String>,
) -> Finding {
    in_document(answered, scene, |metadata| {
        if metadata.configurations().next().is_none() {
            return Finding::Silent("the metadata lists no configurations");
        }
        let faults = metadata
            .configurations()
            .filter_map(|(id, configuration)| Some(format!("{id}: {}", fault(configuration)?)));
        none_of(faults, expected)
    })
}

/// Holds if there are no faults, else a breach that names the first few.
pub(super) fn none_of(faults: impl Iterator<Item = String>, expected: &str) -> Finding {
    let faults: Vec<String> = faults.collect();
    let mut shown: Vec<String> = faults.iter().take(4).cloned().collect();
    if faults.len() > shown.len() {
        shown.push(format!("and {} more", faults.len() - shown.len()));
    }
    Finding::expect(faults.is_empty(), expected, shown.join("; "))
}

/// Concerns issuers with a configuration of this kind, and those whose metadata is not known.
fn where_some_configuration(
    scene: &Scene<'_>,
    is_so: impl Fn(&Value) -> bool,
    otherwise: &str,
) -> Applies {
    match scene.issuer_metadata() {
        Some(metadata) => Applies::when(
            metadata.configurations().any(|(_, configuration)| is_so(configuration.json())),
            otherwise,
        ),
        None => Applies::Yes,
    }
}

/// Where a configuration describes its claims.
const CLAIMS: &str = "/credential_metadata/claims";

/// Concerns issuers that describe the claims of some configuration.
fn where_claims_are_described(scene: &Scene<'_>) -> Applies {
    where_some_configuration(
        scene,
        |configuration| configuration.pointer(CLAIMS).is_some(),
        "no configuration describes claims in credential_metadata",
    )
}

/// Whether claim paths lead into JSON, where numbers are indices of arrays.
fn has_json_paths(configuration: Configuration<'_>) -> bool {
    matches!(
        configuration.format(),
        Some("dc+sd-jwt" | "jwt_vc_json" | "jwt_vc_json-ld" | "ldp_vc")
    )
}

fn is_published_at_the_inserted_path(scene: &Scene<'_>) -> bool {
    scene.granted(Station::IssuerMetadata).any(|answered| {
        is_inserted(&answered.exchange.request.url, WellKnown::CredentialIssuer)
            && answered.json.is_some_and(Value::is_object)
    })
}

#[cfg(test)]
mod examples {
    //! Metadata for the tests of these checks.

    use serde_json::Value;

    use crate::checks::staging::{Stage, honest_metadata, with, without};

    /// Pointer to the only configuration of the honest metadata.
    pub const PID: &str = "/credential_configurations_supported/pid";

    /// Honest metadata with the member at a pointer set.
    pub fn metadata_with(pointer: &str, value: Value) -> Stage {
        Stage::new().issuer_metadata(with(honest_metadata(), pointer, value))
    }

    /// Honest metadata without the member at a pointer.
    pub fn metadata_without(pointer: &str) -> Stage {
        Stage::new().issuer_metadata(without(honest_metadata(), pointer))
    }

    /// Honest metadata.
    pub fn honest() -> Stage {
        Stage::new().issuer_metadata(honest_metadata())
    }
}
