//! What must hold of how clients show at the token endpoint who they are: by an attestation of
//! their provider with a proof of possession, or by an assertion that they sign themselves.

mod challenge_answers_as_json;
mod challenge_is_uncacheable;
mod challenges_bring_a_challenge;
mod names_old_attestations;
mod refuses_another_client_id;
mod refuses_assertion_by_unlisted_algorithms;
mod refuses_assertion_for_another_audience;
mod refuses_assertion_of_another_client;
mod refuses_assertion_with_bad_signature;
mod refuses_assertion_without_exp;
mod refuses_assertion_without_type;
mod refuses_attestation_by_strangers;
mod refuses_attestation_by_unlisted_algorithms;
mod refuses_attestation_of_wrong_typ;
mod refuses_attestation_with_bad_signature;
mod refuses_attestation_without_cnf;
mod refuses_attestation_without_exp;
mod refuses_attestation_without_sub;
mod refuses_doubled_attestation;
mod refuses_expired_assertion;
mod refuses_expired_attestation;
mod refuses_missing_assertion;
mod refuses_missing_attestation;
mod refuses_missing_challenge;
mod refuses_missing_proof;
mod refuses_private_key_in_cnf;
mod refuses_proof_by_another_key;
mod refuses_proof_by_unlisted_algorithms;
mod refuses_proof_for_another_audience;
mod refuses_proof_of_another_client;
mod refuses_proof_of_wrong_typ;
mod refuses_proof_without_iat;
mod refuses_proof_without_jti;
mod refuses_replayed_assertion;
mod refuses_replayed_challenge;
mod refuses_replayed_proof;
mod refuses_stale_proof;
mod refuses_unknown_challenge;
mod refuses_unsigned_assertion;
mod refuses_unsigned_attestation;
mod refuses_unsigned_proof;
#[cfg(test)]
mod staged;

use super::{
    Answered, Applies, Check, CodeIn, Control, Expectation, Refusal, Scene, applicability,
};
use crate::transcript::{Exchange, Station};

/// The checks of client authentication.
pub const CHECKS: &[&Check] = &[
    &refuses_missing_attestation::CHECK,
    &refuses_doubled_attestation::CHECK,
    &refuses_attestation_of_wrong_typ::CHECK,
    &refuses_unsigned_attestation::CHECK,
    &refuses_attestation_by_unlisted_algorithms::CHECK,
    &refuses_attestation_with_bad_signature::CHECK,
    &refuses_attestation_by_strangers::CHECK,
    &refuses_attestation_without_sub::CHECK,
    &refuses_attestation_without_exp::CHECK,
    &refuses_attestation_without_cnf::CHECK,
    &refuses_expired_attestation::CHECK,
    &refuses_private_key_in_cnf::CHECK,
    &refuses_another_client_id::CHECK,
    &refuses_missing_proof::CHECK,
    &refuses_proof_of_wrong_typ::CHECK,
    &refuses_unsigned_proof::CHECK,
    &refuses_proof_by_unlisted_algorithms::CHECK,
    &refuses_proof_by_another_key::CHECK,
    &refuses_proof_for_another_audience::CHECK,
    &refuses_proof_without_jti::CHECK,
    &refuses_proof_without_iat::CHECK,
    &refuses_stale_proof::CHECK,
    &refuses_proof_of_another_client::CHECK,
    &refuses_replayed_proof::CHECK,
    &refuses_replayed_challenge::CHECK,
    &refuses_missing_challenge::CHECK,
    &refuses_unknown_challenge::CHECK,
    &refuses_missing_assertion::CHECK,
    &refuses_assertion_without_type::CHECK,
    &refuses_unsigned_assertion::CHECK,
    &refuses_assertion_by_unlisted_algorithms::CHECK,
    &refuses_assertion_with_bad_signature::CHECK,
    &refuses_assertion_for_another_audience::CHECK,
    &refuses_assertion_without_exp::CHECK,
    &refuses_expired_assertion::CHECK,
    &refuses_assertion_of_another_client::CHECK,
    &refuses_replayed_assertion::CHECK,
    &names_old_attestations::CHECK,
    &challenges_bring_a_challenge::CHECK,
    &challenge_answers_as_json::CHECK,
    &challenge_is_uncacheable::CHECK,
];

/// A client that is not who it says is `invalid_client`, or by the name of its own that the draft
/// allows.
pub(super) const INVALID_CLIENT: Expectation = Expectation {
    station: Station::Token,
    applies: applicability::always,
    status: &[400, 401],
    codes: &["invalid_client", "invalid_client_attestation"],
    tolerated: &["invalid_request", "invalid_grant"],
    code_in: CodeIn::Body,
    fixed: false,
};

/// For assertions the code is prescribed (RFC 7523 3.2).
const INVALID_ASSERTION: Expectation = Expectation {
    codes: &["invalid_client"],
    tolerated: &["invalid_request", "invalid_grant"],
    fixed: true,
    ..INVALID_CLIENT
};

/// For challenges too (attestation-based client authentication 6.2).
const NEEDS_CHALLENGE: Expectation = Expectation {
    codes: &["use_attestation_challenge"],
    tolerated: &[],
    fixed: true,
    ..INVALID_CLIENT
};

/// The negative in which the named tamper spoils an attestation or its proof.
const fn invalid_client(tamper: &'static str) -> Refusal {
    Refusal { tamper, expects: &[INVALID_CLIENT], control: Control::Needed, leniency: None }
}

/// The negative in which the named tamper spoils an assertion.
const fn invalid_assertion(tamper: &'static str) -> Refusal {
    Refusal { tamper, expects: &[INVALID_ASSERTION], control: Control::Needed, leniency: None }
}

/// The negative in which the named tamper spoils a challenge.
const fn needs_challenge(tamper: &'static str) -> Refusal {
    Refusal { tamper, expects: &[NEEDS_CHALLENGE], control: Control::Needed, leniency: None }
}

/// The negative in which a client's proof that was accepted comes once more: a used challenge may be named.
const fn replayed() -> Refusal {
    const CODES: &[&str] =
        &["invalid_client", "invalid_client_attestation", "use_attestation_challenge"];
    const REFUSED: &[Expectation] = &[Expectation { codes: CODES, ..INVALID_CLIENT }];
    Refusal { expects: REFUSED, ..invalid_client("client-proof-replayed") }
}

/// Concerns servers at which the wallet authenticates by an attestation.
fn attested_clients(scene: &Scene<'_>) -> Applies {
    where_sent(scene, is_attested, "the wallet does not authenticate by an attestation")
}

/// Concerns servers at which the wallet authenticates by an assertion.
fn asserting_clients(scene: &Scene<'_>) -> Applies {
    where_sent(scene, is_asserted, "the wallet does not authenticate by private_key_jwt")
}

/// Concerns servers that give challenges: by their endpoint, or with an answer.
fn challenged_clients(scene: &Scene<'_>) -> Applies {
    let has_endpoint =
        scene.as_metadata().is_some_and(|metadata| metadata.challenge_endpoint().is_some());
    let mut answers = scene.answered();
    let brings = |one: Answered<'_>| {
        one.answer.headers.get("oauth-client-attestation-challenge").is_some()
            || one.error_code().as_deref() == Some("use_attestation_challenge")
    };
    if !has_endpoint && !answers.any(brings) {
        return Applies::No("the server gives no challenges".to_owned());
    }
    attested_clients(scene)
}

/// Concerns those that give none.
fn unchallenged_clients(scene: &Scene<'_>) -> Applies {
    match challenged_clients(scene) {
        Applies::Yes => Applies::No("the server gives challenges".to_owned()),
        Applies::No(_) => attested_clients(scene),
    }
}

fn where_sent(scene: &Scene<'_>, is_sent: fn(&Exchange) -> bool, otherwise: &str) -> Applies {
    let mut sent = scene.transcript.at(Station::Token).peekable();
    Applies::when(sent.peek().is_none() || sent.any(is_sent), otherwise)
}

fn is_attested(exchange: &Exchange) -> bool {
    exchange.request.headers.get("oauth-client-attestation").is_some()
}

fn is_asserted(exchange: &Exchange) -> bool {
    let body = exchange.request.body.text().unwrap_or_default();
    let mut pairs = url::form_urlencoded::parse(body.as_bytes());
    pairs.any(|(name, _)| name == "client_assertion")
}

/// Why an old proof only warns where the server gives challenges.
pub(super) fn under_a_challenge(_: &Answered<'_>, scene: &Scene<'_>) -> Option<&'static str> {
    let challenged = challenged_clients(scene) == Applies::Yes;
    challenged.then_some("the server may take the time of the proof from its challenge")
}

/// Why passing over `iss` of a proof only warns.
fn in_later_drafts(_: &Answered<'_>, _: &Scene<'_>) -> Option<&'static str> {
    Some("later editions of the draft have no iss in the proof")
}
