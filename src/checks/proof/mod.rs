//! What must be refused of the key proofs in a credential request, and what must not matter.

mod accepts_announced_algorithms;
mod ignores_unknown_members;
mod is_asked_for_where_listed;
mod needs_no_nonce_without_an_endpoint;
mod refuses_a_dpop_nonce;
mod refuses_a_foreign_iss;
mod refuses_alg_none;
mod refuses_an_aged_nonce;
mod refuses_another_issuers_nonce;
mod refuses_bad_signature;
mod refuses_chains_out_of_order;
mod refuses_missing_nonce;
mod refuses_missing_proof;
mod refuses_private_key;
mod refuses_stale_iat;
mod refuses_symmetric_alg;
mod refuses_two_keys;
mod refuses_unknown_nonce;
mod refuses_wrong_aud;
mod refuses_unlisted_algorithms;
mod refuses_unlisted_did_methods;
mod refuses_unlisted_key_forms;
mod refuses_unlisted_types;
mod refuses_empty_proofs;
mod refuses_several_audiences;
mod refuses_nonces_that_are_no_text;
mod refuses_malformed_keys;
mod refuses_critical_headers;
mod refuses_expired_proofs;
mod refuses_wrong_typ;
#[cfg(test)]
mod staged;

use super::{Check, CodeIn, Control, Expectation, Refusal, applicability};
use crate::transcript::Station;

/// The checks of key proofs.
pub const CHECKS: &[&Check] = &[
    &refuses_missing_proof::CHECK,
    &refuses_bad_signature::CHECK,
    &refuses_wrong_typ::CHECK,
    &refuses_alg_none::CHECK,
    &refuses_symmetric_alg::CHECK,
    &refuses_private_key::CHECK,
    &refuses_two_keys::CHECK,
    &refuses_wrong_aud::CHECK,
    &refuses_stale_iat::CHECK,
    &refuses_missing_nonce::CHECK,
    &refuses_unknown_nonce::CHECK,
    &refuses_an_aged_nonce::CHECK,
    &refuses_another_issuers_nonce::CHECK,
    &refuses_a_dpop_nonce::CHECK,
    &ignores_unknown_members::CHECK,
    &accepts_announced_algorithms::CHECK,
    &refuses_expired_proofs::CHECK,
    &refuses_critical_headers::CHECK,
    &refuses_malformed_keys::CHECK,
    &refuses_nonces_that_are_no_text::CHECK,
    &refuses_several_audiences::CHECK,
    &refuses_empty_proofs::CHECK,
    &refuses_unlisted_types::CHECK,
    &refuses_unlisted_algorithms::CHECK,
    &refuses_chains_out_of_order::CHECK,
    &refuses_a_foreign_iss::CHECK,
    &refuses_unlisted_did_methods::CHECK,
    &refuses_unlisted_key_forms::CHECK,
    &is_asked_for_where_listed::CHECK,
    &needs_no_nonce_without_an_endpoint::CHECK,
];

/// An invalid key proof is answered with 400 `invalid_proof`. The code is a recommendation
/// (OpenID4VCI 8.3.1.2: SHOULD), so a refusal in other words warns.
pub(super) const INVALID_PROOF: &[Expectation] = &[Expectation {
    station: Station::Credential,
    applies: applicability::always,
    status: &[400],
    codes: &["invalid_proof"],
    tolerated: &["invalid_credential_request"],
    code_in: CodeIn::Body,
    fixed: false,
}];

/// The negative in which the named tamper makes a key proof invalid.
pub(super) const fn invalid_proof(tamper: &'static str) -> Refusal {
    Refusal { tamper, expects: INVALID_PROOF, control: Control::Needed, leniency: None }
}

/// A nonce that is good for no key proof here is answered with 400 `invalid_nonce`, upon which a
/// wallet fetches a new one: the code tells it apart from a wrong proof.
pub(super) const INVALID_NONCE: &[Expectation] = &[Expectation {
    station: Station::Credential,
    applies: applicability::always,
    status: &[400],
    codes: &["invalid_nonce"],
    tolerated: &["invalid_proof"],
    code_in: CodeIn::Body,
    fixed: true,
}];

/// The negative in which the named tamper brings a nonce that is good for no key proof here.
const fn invalid_nonce(tamper: &'static str) -> Refusal {
    Refusal { tamper, expects: INVALID_NONCE, control: Control::Needed, leniency: None }
}
