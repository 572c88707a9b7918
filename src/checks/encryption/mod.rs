//! What must hold of encrypted credential requests and responses (OpenID4VCI 8, 10), and of what the
//! metadata say of them.

mod bounds_decompression;
mod compresses_as_asked;
mod decrypts_to_the_response;
mod describes_request_encryption;
mod describes_response_encryption;
mod echoes_the_key_id;
mod encrypts_when_asked;
mod ephemeral_keys_are_fresh;
mod errors_are_in_clear;
mod goes_both_ways;
mod goes_by_the_deferred_request;
mod ignores_a_stray_alg;
mod is_served_as_jwt;
mod key_segment_is_right;
mod keys_are_usable;
mod reads_every_key_and_enc;
mod refuses_a_broken_tag;
mod refuses_a_key_in_clear;
mod refuses_a_key_without_alg;
mod refuses_a_missing_enc;
mod refuses_a_missing_key;
mod refuses_a_private_key;
mod refuses_a_signature_key;
mod refuses_a_truncated_request;
mod refuses_an_unannounced_alg;
mod refuses_an_unannounced_enc;
mod refuses_an_unannounced_zip;
mod refuses_an_unknown_key_id;
mod refuses_another_key;
mod refuses_json_labelled_as_jwt;
mod requires_encrypted_requests;
mod requires_encrypted_responses;
#[cfg(test)]
mod staged;
mod uses_the_algorithm_of_the_key;
mod uses_the_enc_asked_for;

use serde_json::Value;

use super::{Answered, Applies, Check, CodeIn, Expectation, Finding, Scene, applicability};
use crate::jose::Jwe;
use crate::protocol::{Feature, WantedEncryption};
use crate::transcript::{Exchange, Station};

/// The checks of this room.
pub const CHECKS: &[&Check] = &[
    &describes_request_encryption::CHECK,
    &describes_response_encryption::CHECK,
    &goes_both_ways::CHECK,
    &keys_are_usable::CHECK,
    &encrypts_when_asked::CHECK,
    &is_served_as_jwt::CHECK,
    &uses_the_algorithm_of_the_key::CHECK,
    &uses_the_enc_asked_for::CHECK,
    &echoes_the_key_id::CHECK,
    &key_segment_is_right::CHECK,
    &compresses_as_asked::CHECK,
    &decrypts_to_the_response::CHECK,
    &ephemeral_keys_are_fresh::CHECK,
    &errors_are_in_clear::CHECK,
    &reads_every_key_and_enc::CHECK,
    &ignores_a_stray_alg::CHECK,
    &goes_by_the_deferred_request::CHECK,
    &refuses_a_missing_key::CHECK,
    &refuses_a_missing_enc::CHECK,
    &refuses_a_key_without_alg::CHECK,
    &refuses_an_unannounced_alg::CHECK,
    &refuses_an_unannounced_enc::CHECK,
    &refuses_an_unannounced_zip::CHECK,
    &refuses_a_private_key::CHECK,
    &refuses_a_signature_key::CHECK,
    &refuses_a_key_in_clear::CHECK,
    &requires_encrypted_responses::CHECK,
    &requires_encrypted_requests::CHECK,
    &refuses_an_unknown_key_id::CHECK,
    &refuses_a_broken_tag::CHECK,
    &refuses_another_key::CHECK,
    &refuses_a_truncated_request::CHECK,
    &refuses_json_labelled_as_jwt::CHECK,
    &bounds_decompression::CHECK,
];

/// For a request without the wish for encryption that is required: the code is fixed (8.3.1.2).
const NO_WISH: Expectation = Expectation {
    station: Station::Credential,
    applies: applicability::always,
    status: &[400],
    codes: &["invalid_encryption_parameters"],
    tolerated: &["invalid_credential_request"],
    code_in: CodeIn::Body,
    fixed: true,
};

/// For a wish for encryption that lacks what is required. A parameter that is missing is
/// `invalid_credential_request` by the same list.
const WRONG_WISH: Expectation = Expectation {
    codes: &["invalid_encryption_parameters", "invalid_credential_request"],
    tolerated: &[],
    ..NO_WISH
};

/// For parameters that are not among the announced ones.
const UNANNOUNCED: Expectation = Expectation { fixed: false, ..WRONG_WISH };

/// For a request in clear that should not be: the text names no code, and the media type may be
/// what is refused.
const CLEAR: Expectation = Expectation { status: &[400, 415], ..UNANNOUNCED };

/// For a request that cannot be decrypted: the text names no code, and both can be meant.
const UNDECRYPTABLE: Expectation = CLEAR;

/// For a request that is too large inside, which may also be told as such.
const TOO_LARGE: Expectation = Expectation { status: &[400, 413], ..CLEAR };

/// Concerns issuers that offer encrypted responses.
fn announces_responses(scene: &Scene<'_>) -> Applies {
    Applies::where_announced(scene, Feature::ResponseEncryption)
}

/// Concerns issuers that read encrypted requests.
fn announces_requests(scene: &Scene<'_>) -> Applies {
    Applies::where_announced(scene, Feature::RequestEncryption)
}

/// Concerns issuers that offer both.
fn announces_both(scene: &Scene<'_>) -> Applies {
    match announces_responses(scene) {
        Applies::Yes => announces_requests(scene),
        no => no,
    }
}

/// Concerns issuers that read compressed requests.
fn announces_request_compression(scene: &Scene<'_>) -> Applies {
    Applies::where_announced(scene, Feature::RequestCompression)
}

/// Concerns issuers that require encrypted responses.
fn requires_responses(scene: &Scene<'_>) -> Applies {
    Applies::where_announced(scene, Feature::EncryptedResponses)
}

/// Concerns issuers that require encrypted requests.
fn requires_requests(scene: &Scene<'_>) -> Applies {
    Applies::where_announced(scene, Feature::EncryptedRequests)
}

/// How a request wants its answer encrypted, if it does.
fn wanted(exchange: &Exchange) -> Option<Value> {
    exchange.request.said().json()?.get_mut("credential_response_encryption").map(Value::take)
}

/// Judges an encrypted answer by what the request wanted.
fn in_message(
    answered: &Answered<'_>,
    judge: impl Fn(&Jwe, WantedEncryption<'_>) -> Finding,
) -> Finding {
    let Some(wanted) = wanted(answered.exchange) else {
        return Finding::Silent("the request asks for no encryption");
    };
    match message(answered) {
        Some(jwe) => judge(&jwe, WantedEncryption::new(&wanted)),
        None => Finding::Silent("the answer is not an encrypted one"),
    }
}

/// The compact JWE that an answer is.
fn message(answered: &Answered<'_>) -> Option<Jwe> {
    Jwe::read(answered.answer.body.text()?.trim()).ok()
}

/// Holds where a header parameter is what was wanted.
fn expect_parameter(name: &str, wanted: Option<&str>, found: Option<&str>) -> Finding {
    let Some(wanted) = wanted else {
        return Finding::Silent("the request leaves it open");
    };
    let told = |value: Option<&str>| match value {
        Some(value) => format!("{name} {value}"),
        None => format!("no {name}"),
    };
    Finding::expect(found == Some(wanted), told(Some(wanted)), told(found))
}

/// What is wrong with a member of the metadata that must be a non-empty list of names.
fn list_fault(json: &Value, name: &str) -> Option<String> {
    let list = super::shape::strings(json.get(name));
    list.err().map(|found| format!("{name} is {found}"))
}

/// What is wrong with the members that both sides of the metadata have.
fn common_fault(json: &Value) -> Option<String> {
    let compression = "zip_values_supported";
    if let Some(fault) = json.get(compression).and_then(|_| list_fault(json, compression)) {
        return Some(fault);
    }
    let required = json.get("encryption_required");
    let is_boolean = required.is_some_and(Value::is_boolean);
    (!is_boolean).then(|| format!("encryption_required is {}", super::shape::kind(required)))
}
