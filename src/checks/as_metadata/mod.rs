//! What must hold of the Authorization Server Metadata: where it is, and what it says.

mod publishes_an_authorization_endpoint;
mod states_its_response_types;
mod lists_s256;
mod announces_anonymous_access;
mod announces_client_attestation;
mod dpop_algorithms_are_asymmetric;
mod is_at_the_inserted_path;
mod is_served_as_json;
mod issuer_is_a_plain_url;
mod lists_assertion_algorithms;
mod lists_attestation_algorithms;
mod lists_the_pre_authorized_grant;
mod names_a_token_endpoint;
mod names_the_same_issuer;
mod omits_empty_arrays;
mod publishes_public_keys;

use serde_json::Value;

use super::well_known::{is_inserted, issuer_identifiers};
use super::{Answered, Check, Finding, Scene};
use crate::protocol::{AsMetadata, WellKnown};
use crate::transcript::Station;

/// The checks of this station.
pub const CHECKS: &[&Check] = &[
    &is_at_the_inserted_path::CHECK,
    &is_served_as_json::CHECK,
    &names_the_same_issuer::CHECK,
    &issuer_is_a_plain_url::CHECK,
    &names_a_token_endpoint::CHECK,
    &lists_the_pre_authorized_grant::CHECK,
    &announces_anonymous_access::CHECK,
    &dpop_algorithms_are_asymmetric::CHECK,
    &announces_client_attestation::CHECK,
    &lists_attestation_algorithms::CHECK,
    &lists_assertion_algorithms::CHECK,
    &omits_empty_arrays::CHECK,
    &publishes_public_keys::CHECK,
    &publishes_an_authorization_endpoint::CHECK,
    &states_its_response_types::CHECK,
    &lists_s256::CHECK,
];

/// Judges the metadata in an answer, unless it is not the document that counts: a server may keep
/// another one for OpenID Connect, or for clients that append the well-known path.
pub(in crate::checks) fn in_document(
    answered: &Answered<'_>,
    scene: &Scene<'_>,
    judge: impl Fn(AsMetadata<'_>) -> Finding,
) -> Finding {
    match answered.json {
        Some(json) if answered.answer.is_success() && json.is_object() => {
            if is_in_place(answered) || !scene.answers(Station::AsMetadata).any(is_published) {
                judge(AsMetadata::new(json))
            } else {
                Finding::Silent("a document beside the one at the inserted path")
            }
        }
        _ => Finding::Silent("no metadata was given"),
    }
}

/// The identifiers of the authorization servers: those that the issuer lists, else its own.
fn server_identifiers<'a>(scene: &'a Scene<'_>) -> Vec<&'a str> {
    let metadata = scene.issuer_metadata();
    let listed = metadata.map(|metadata| metadata.authorization_servers());
    match listed {
        Some(listed) if !listed.is_empty() => listed,
        _ => issuer_identifiers(scene)
            .into_iter()
            .chain(metadata.and_then(|metadata| metadata.credential_issuer()))
            .collect(),
    }
}

fn is_published(answered: Answered<'_>) -> bool {
    answered.answer.is_success()
        && answered.json.is_some_and(Value::is_object)
        && is_in_place(&answered)
}

fn is_in_place(answered: &Answered<'_>) -> bool {
    is_inserted(&answered.exchange.request.url, WellKnown::AuthorizationServer)
}

#[cfg(test)]
mod examples {
    //! Metadata for the tests of these checks.

    use serde_json::Value;

    use crate::checks::staging::{Stage, honest_as_metadata, with, without};

    /// Honest metadata with the member at a pointer set.
    pub fn metadata_with(pointer: &str, value: Value) -> Stage {
        Stage::new().as_metadata(with(honest_as_metadata(), pointer, value))
    }

    /// Honest metadata without the member at a pointer.
    pub fn metadata_without(pointer: &str) -> Stage {
        Stage::new().as_metadata(without(honest_as_metadata(), pointer))
    }

    /// Honest metadata.
    pub fn honest() -> Stage {
        Stage::new().as_metadata(honest_as_metadata())
    }
}
