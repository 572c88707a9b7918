//! What must hold of the Credential Endpoint: its answers, and its refusals.

mod refuses_both_identifiers;
mod refuses_a_format;
mod refuses_repeated_members;
mod refuses_an_empty_body;
mod refuses_another_media_type;
mod looks_at_the_token_first;
mod refuses_unknown_identifiers;
mod refuses_made_up_identifiers;
mod refuses_configurations_despite_identifiers;
mod takes_any_case_of_the_scheme;
mod takes_media_type_parameters;
mod redeems_every_identifier;
mod answers_200_as_json;
mod delivers_mandatory_claims;
mod errors_are_json;
mod errors_are_printable;
mod errors_use_current_codes;
mod excludes_deferral_members;
mod ignores_unknown_members;
mod is_of_a_judged_format;
mod is_uncacheable;
pub(super) mod matches_the_request;
mod omits_old_members;
mod refuses_an_expired_token;
mod refuses_another_issuers_token;
mod refuses_another_users_identifier;
mod refuses_invalid_token;
mod refuses_malformed_json;
mod refuses_missing_token;
mod refuses_token_in_query;
mod refuses_unknown_configuration;
mod refuses_unoffered_configuration;
mod returns_credential_objects;
mod survives_refused_requests;
mod takes_current_requests;

use super::{Answered, Check, Scene};
use crate::transcript::Station;

/// The checks of this station.
pub const CHECKS: &[&Check] = &[
    &answers_200_as_json::CHECK,
    &returns_credential_objects::CHECK,
    &excludes_deferral_members::CHECK,
    &matches_the_request::CHECK,
    &is_of_a_judged_format::CHECK,
    &is_uncacheable::CHECK,
    &omits_old_members::CHECK,
    &refuses_missing_token::CHECK,
    &refuses_invalid_token::CHECK,
    &refuses_an_expired_token::CHECK,
    &refuses_another_issuers_token::CHECK,
    &refuses_another_users_identifier::CHECK,
    &refuses_token_in_query::CHECK,
    &refuses_unknown_configuration::CHECK,
    &refuses_unoffered_configuration::CHECK,
    &refuses_malformed_json::CHECK,
    &takes_current_requests::CHECK,
    &ignores_unknown_members::CHECK,
    &errors_are_json::CHECK,
    &delivers_mandatory_claims::CHECK,
    &errors_are_printable::CHECK,
    &errors_use_current_codes::CHECK,
    &refuses_both_identifiers::CHECK,
    &refuses_a_format::CHECK,
    &refuses_repeated_members::CHECK,
    &refuses_an_empty_body::CHECK,
    &refuses_another_media_type::CHECK,
    &looks_at_the_token_first::CHECK,
    &refuses_unknown_identifiers::CHECK,
    &refuses_made_up_identifiers::CHECK,
    &refuses_configurations_despite_identifiers::CHECK,
    &takes_any_case_of_the_scheme::CHECK,
    &takes_media_type_parameters::CHECK,
    &redeems_every_identifier::CHECK,
    &survives_refused_requests::CHECK,
];

/// Tampers that change nothing but the content of a credential request.
const PAYLOAD_TAMPERS: &[&str] = &[
    "unknown-configuration",
    "unoffered-configuration",
    "malformed-json",
    "unknown-member",
    "names-both",
    "names-format",
    "made-up-identifier",
    "configuration-despite-identifiers",
    "repeated-member",
    "empty-body",
];

/// The answers that refuse a credential request for its content, tampered requests included.
/// What concerns the token (401, 403) or comes from a layer before the endpoint (too large, too
/// many, too slow, of another media type) is not among them: OpenID4VCI 8.3.1.2 says nothing of it.
fn payload_errors<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = Answered<'s>> {
    scene.answered().filter(|answered| {
        let exchange = answered.exchange;
        exchange.station == Station::Credential
            && !exchange.superseded
            && is_about_the_payload(answered)
            && (400..500).contains(&answered.answer.status)
            && !matches!(answered.answer.status, 401 | 403 | 408 | 413 | 415 | 429)
    })
}

/// Whether a refusal of this request can only be about its content. A challenge marks an
/// authorization error (RFC 6750 3) where the content was as it should be.
fn is_about_the_payload(answered: &Answered<'_>) -> bool {
    match &answered.exchange.tamper {
        None => answered.answer.headers.get("www-authenticate").is_none(),
        Some(tamper) => {
            let name = tamper.name.as_str();
            PAYLOAD_TAMPERS.contains(&name)
                || name.starts_with("proof-")
                || name.starts_with("batch-")
                || name.starts_with("encryption-")
        }
    }
}
