//! What must be refused of key attestations, and what must not matter.

mod accepts_a_jwk_header;
mod accepts_an_attestation_for_each_proof;
mod issues_for_each_attested_key;
mod refuses_alg_none;
mod refuses_anchor_in_chain;
mod refuses_bad_signature;
mod refuses_expired;
mod refuses_missing_attestation;
mod refuses_missing_exp;
mod refuses_missing_iat;
mod refuses_missing_nonce;
mod refuses_no_keys;
mod refuses_self_signed;
mod refuses_strangers;
mod refuses_symmetric_alg;
mod refuses_two;
mod refuses_unknown_nonce;
mod refuses_unlisted_algorithms;
mod refuses_unrelated_key;
mod refuses_weak_key_storage;
mod refuses_weak_user_authentication;
mod refuses_wrong_typ;
#[cfg(test)]
mod staged;

use super::proof::{INVALID_NONCE, INVALID_PROOF, invalid_proof};
use super::proves_nothing::is_throttled;
use super::requested::{self, Requested};
use super::{
    Answered, Applies, Breach, Check, Expectation, Finding, Refusal, Scene, applicability,
};
use crate::protocol::Configuration;
use crate::transcript::Station;

/// The checks of key attestations.
pub const CHECKS: &[&Check] = &[
    &refuses_missing_attestation::CHECK,
    &refuses_wrong_typ::CHECK,
    &refuses_alg_none::CHECK,
    &refuses_symmetric_alg::CHECK,
    &refuses_unlisted_algorithms::CHECK,
    &refuses_bad_signature::CHECK,
    &refuses_missing_iat::CHECK,
    &refuses_no_keys::CHECK,
    &refuses_missing_exp::CHECK,
    &refuses_expired::CHECK,
    &refuses_unrelated_key::CHECK,
    &refuses_two::CHECK,
    &refuses_missing_nonce::CHECK,
    &refuses_unknown_nonce::CHECK,
    &refuses_weak_key_storage::CHECK,
    &refuses_weak_user_authentication::CHECK,
    &refuses_strangers::CHECK,
    &refuses_anchor_in_chain::CHECK,
    &refuses_self_signed::CHECK,
    &issues_for_each_attested_key::CHECK,
    &accepts_a_jwk_header::CHECK,
    &accepts_an_attestation_for_each_proof::CHECK,
];

/// A nonce that was never given has a code of its own, and a refusal by another one warns.
const UNKNOWN_NONCE: &[Expectation] = &[Expectation { fixed: false, ..INVALID_NONCE[0] }];

/// The negative in which the named tamper makes an attestation invalid, and with it the proof
/// (OpenID4VCI 8.3.1.2), where the attestation must be looked at only in place of a proof.
const fn invalid_attestation(tamper: &'static str) -> Refusal {
    Refusal { leniency: Some(beside_a_proof), ..invalid_proof(tamper) }
}

/// Concerns issuers that demand attestations of the configurations that are asked for, or of any
/// where none can be made out, in the header of proofs or in place of them.
fn demanded(scene: &Scene<'_>) -> Applies {
    let Some(metadata) = scene.issuer_metadata() else { return Applies::Yes };
    let demands = |one: Configuration<'_>| {
        one.requires_key_attestations() || one.supports_attestation_proofs()
    };
    let asked: Vec<bool> = requested::requests(scene)
        .filter_map(|request| request.configuration(scene).map(demands))
        .collect();
    let demanded = match asked.is_empty() {
        true => metadata.configurations().any(|(_, configuration)| demands(configuration)),
        false => asked.contains(&true),
    };
    Applies::when(demanded, "no key attestation is asked for")
}

/// The same, where batches are announced.
fn batches_demanded(scene: &Scene<'_>) -> Applies {
    match applicability::batch(scene) {
        Applies::Yes => demanded(scene),
        no => no,
    }
}

/// Why passing over the nonce of an attestation only warns in the header of a proof.
fn in_a_header(answered: &Answered<'_>, scene: &Scene<'_>) -> Option<&'static str> {
    let requested = Requested::read(answered.exchange, scene)?;
    (!requested.proofs.is_empty()).then_some(
        "the key proof carries a nonce too, and the rule for its attestation is the wallet's",
    )
}

/// Why an invalid attestation that is passed over only warns in the header of a proof.
fn beside_a_proof(answered: &Answered<'_>, scene: &Scene<'_>) -> Option<&'static str> {
    in_a_header(answered, scene)
        .map(|_| "in the header of a proof, issuers are advised to evaluate attestations")
}

/// Why what a profile demands of attestations only warns where an issuer does not insist on it.
fn of_the_wallet(_: &Answered<'_>, _: &Scene<'_>) -> Option<&'static str> {
    Some("the profile says what an attestation contains, and not that issuers refuse others")
}

/// Judges whether untampered requests of some kind are granted. A refusal blames the issuer only
/// where a request that differs in nothing else, made by the named tamper, was granted: else it may
/// be that the wallet's provider is not trusted.
fn answer_to(
    scene: &Scene<'_>,
    expected: &str,
    otherwise: &str,
    is_meant: impl Fn(&Requested) -> bool,
) -> Finding {
    let answers: Vec<Answered<'_>> = scene
        .answers(Station::Credential)
        .filter(|answered| {
            Requested::read(answered.exchange, scene).is_some_and(|request| is_meant(&request))
        })
        .collect();
    if answers.iter().any(|one| one.answer.is_success() && one.grants_something()) {
        return Finding::Holds;
    }
    let refused = answers
        .iter()
        .find(|one| !matches!(one.answer.status, 401 | 403 | 408) && !is_throttled(one));
    match refused {
        Some(_) if !scene.tampered(otherwise).any(|one| one.grants_something()) => {
            Finding::Silent("no other attested proof was granted, so the refusal proves nothing")
        }
        Some(one) => {
            let breach = Breach::new(expected, one.summary());
            Finding::Breaks(breach.at([one.exchange.number]))
        }
        None => Finding::Silent("no such request was answered"),
    }
}
