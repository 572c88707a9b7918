//! Faults of encrypted requests and answers.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Fault, Lapse, Rule, Stage};
use crate::{
    answer::Answer,
    incoming::Incoming,
    jwe::{self, Enc, Envelope},
    refusal::Refusal,
    station::Station,
    strict_json,
};

const CREDENTIAL: &[Station] = &[Station::Credential];
const METADATA: &[Station] = &[Station::IssuerMetadata];
/// Some message; nobody can open it.
const SEALED: &str =
    "eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTEyOEdDTSJ9..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA";

const fn row(
    name: &'static str,
    stage: Stage,
    says: &'static str,
    caught_by: &'static [&'static str],
) -> Fault {
    Fault { name, station: "encryption", stage, config: "encrypted", says, caught_by }
}

const fn required(fault: Fault) -> Fault {
    Fault { config: "encryption-required", ..fault }
}

const fn deferred(fault: Fault) -> Fault {
    Fault { config: "deferred-encrypted", ..fault }
}

pub(super) const FAULTS: &[Fault] = &[
    row(
        "accepts-undecryptable-request",
        Stage::Rule(Rule::RequestAuthentic, Lapse::Accepts),
        "An encrypted request that was altered, or is for another key, is served",
        &["encryption/refuses-a-broken-tag", "encryption/refuses-another-key"],
    ),
    row(
        "crashes-on-undecryptable-request",
        Stage::Rule(Rule::RequestAuthentic, Lapse::Crashes),
        "An encrypted request that was altered, or is for another key, is answered with status 500",
        &[
            "encryption/refuses-a-broken-tag",
            "encryption/refuses-another-key",
            "http/never-answers-5xx",
        ],
    ),
    row(
        "accepts-malformed-jwe",
        Stage::Rule(Rule::RequestIsJwe, Lapse::Accepts),
        "A request that is labelled as a JWT and is no compact JWE is served",
        &["encryption/refuses-a-truncated-request", "encryption/refuses-json-labelled-as-jwt"],
    ),
    row(
        "crashes-on-malformed-jwe",
        Stage::Rule(Rule::RequestIsJwe, Lapse::Crashes),
        "A request that is labelled as a JWT and is no compact JWE is answered with status 500",
        &[
            "encryption/refuses-a-truncated-request",
            "encryption/refuses-json-labelled-as-jwt",
            "http/never-answers-5xx",
        ],
    ),
    row(
        "accepts-unknown-kid",
        Stage::Rule(Rule::RequestKeyKnown, Lapse::Accepts),
        "An encrypted request whose kid names no published key is served",
        &["encryption/refuses-an-unknown-key-id"],
    ),
    row(
        "crashes-on-unknown-kid",
        Stage::Rule(Rule::RequestKeyKnown, Lapse::Crashes),
        "An encrypted request whose kid names no published key is answered with status 500",
        &["encryption/refuses-an-unknown-key-id", "http/never-answers-5xx"],
    ),
    row(
        "accepts-inflated-request",
        Stage::Rule(Rule::RequestBounded, Lapse::Accepts),
        "A request of ten megabytes, compressed to a few kilobytes, is served",
        &["encryption/bounds-decompression"],
    ),
    row(
        "crashes-on-inflated-request",
        Stage::Rule(Rule::RequestBounded, Lapse::Crashes),
        "A request of ten megabytes, compressed to a few kilobytes, is answered with status 500",
        &["encryption/bounds-decompression", "http/never-answers-5xx"],
    ),
    row(
        "accepts-key-in-clear",
        Stage::Rule(Rule::EncryptionKeyHidden, Lapse::Accepts),
        "A request in clear that brings a key for the answer is served",
        &["encryption/refuses-a-key-in-clear"],
    ),
    row(
        "crashes-on-key-in-clear",
        Stage::Rule(Rule::EncryptionKeyHidden, Lapse::Crashes),
        "A request in clear that brings a key for the answer is answered with status 500",
        &["encryption/refuses-a-key-in-clear", "http/never-answers-5xx"],
    ),
    deferred(row(
        "accepts-deferred-key-in-clear",
        Stage::RuleAt(&[Station::Deferred], Rule::EncryptionKeyHidden, Lapse::Accepts),
        "A deferred request in clear that brings a key for the answer is served",
        &["encryption/refuses-a-key-in-clear"],
    )),
    deferred(row(
        "crashes-on-deferred-key-in-clear",
        Stage::RuleAt(&[Station::Deferred], Rule::EncryptionKeyHidden, Lapse::Crashes),
        "A deferred request in clear that brings a key for the answer is answered with status 500",
        &["encryption/refuses-a-key-in-clear", "http/never-answers-5xx"],
    )),
    deferred(row(
        "deferred-answer-sticks-to-the-first-key",
        Stage::Transaction(|transaction| transaction.sticks_to_its_wish = true),
        "A credential that was put off is encrypted for the key of the first request, whatever the last one asks",
        &["encryption/goes-by-the-deferred-request", "deferred/answers-a-poll"],
    )),
    row(
        "accepts-missing-encryption-key",
        Stage::Rule(Rule::EncryptionKeyPresent, Lapse::Accepts),
        "A wish for encryption without a key is served",
        &["encryption/refuses-a-missing-key"],
    ),
    row(
        "crashes-on-missing-encryption-key",
        Stage::Rule(Rule::EncryptionKeyPresent, Lapse::Crashes),
        "A wish for encryption without a key is answered with status 500",
        &["encryption/refuses-a-missing-key", "http/never-answers-5xx"],
    ),
    row(
        "accepts-missing-enc",
        Stage::Rule(Rule::EncryptionEncPresent, Lapse::Accepts),
        "A wish for encryption without enc is served",
        &["encryption/refuses-a-missing-enc"],
    ),
    row(
        "crashes-on-missing-enc",
        Stage::Rule(Rule::EncryptionEncPresent, Lapse::Crashes),
        "A wish for encryption without enc is answered with status 500",
        &["encryption/refuses-a-missing-enc", "http/never-answers-5xx"],
    ),
    row(
        "accepts-unknown-enc",
        Stage::Rule(Rule::EncryptionEncKnown, Lapse::Accepts),
        "A wish for an unknown content encryption is served",
        &["encryption/refuses-an-unannounced-enc"],
    ),
    row(
        "crashes-on-unknown-enc",
        Stage::Rule(Rule::EncryptionEncKnown, Lapse::Crashes),
        "A wish for an unknown content encryption is answered with status 500",
        &["encryption/refuses-an-unannounced-enc", "http/never-answers-5xx"],
    ),
    row(
        "accepts-unannounced-zip",
        Stage::Rule(Rule::EncryptionZipKnown, Lapse::Accepts),
        "A wish for a compression that is not announced is served",
        &["encryption/refuses-an-unannounced-zip"],
    ),
    row(
        "crashes-on-unannounced-zip",
        Stage::Rule(Rule::EncryptionZipKnown, Lapse::Crashes),
        "A wish for a compression that is not announced is answered with status 500",
        &["encryption/refuses-an-unannounced-zip", "http/never-answers-5xx"],
    ),
    row(
        "accepts-key-without-alg",
        Stage::Rule(Rule::EncryptionAlgPresent, Lapse::Accepts),
        "A key for the answer that states no alg is served",
        &["encryption/refuses-a-key-without-alg"],
    ),
    row(
        "crashes-on-key-without-alg",
        Stage::Rule(Rule::EncryptionAlgPresent, Lapse::Crashes),
        "A key for the answer that states no alg is answered with status 500",
        &["encryption/refuses-a-key-without-alg", "http/never-answers-5xx"],
    ),
    row(
        "accepts-unknown-alg",
        Stage::Rule(Rule::EncryptionAlgKnown, Lapse::Accepts),
        "A key for the answer of an unknown algorithm is served",
        &["encryption/refuses-an-unannounced-alg"],
    ),
    row(
        "crashes-on-unknown-alg",
        Stage::Rule(Rule::EncryptionAlgKnown, Lapse::Crashes),
        "A key for the answer of an unknown algorithm is answered with status 500",
        &["encryption/refuses-an-unannounced-alg", "http/never-answers-5xx"],
    ),
    row(
        "accepts-private-encryption-key",
        Stage::Rule(Rule::EncryptionKeyPublic, Lapse::Accepts),
        "A private key for the answer is served",
        &["encryption/refuses-a-private-key"],
    ),
    row(
        "crashes-on-private-encryption-key",
        Stage::Rule(Rule::EncryptionKeyPublic, Lapse::Crashes),
        "A private key for the answer is answered with status 500",
        &["encryption/refuses-a-private-key", "http/never-answers-5xx"],
    ),
    row(
        "accepts-signature-key",
        Stage::Rule(Rule::EncryptionKeyUse, Lapse::Accepts),
        "A key for signatures as the key for the answer is served",
        &["encryption/refuses-a-signature-key"],
    ),
    row(
        "crashes-on-signature-key",
        Stage::Rule(Rule::EncryptionKeyUse, Lapse::Crashes),
        "A key for signatures as the key for the answer is answered with status 500",
        &["encryption/refuses-a-signature-key", "http/never-answers-5xx"],
    ),
    required(row(
        "accepts-request-in-clear",
        Stage::Rule(Rule::RequestEncrypted, Lapse::Accepts),
        "A request in clear, where encryption is required, is served",
        &["encryption/requires-encrypted-requests", "encryption/refuses-a-key-in-clear"],
    )),
    required(row(
        "crashes-on-request-in-clear",
        Stage::Rule(Rule::RequestEncrypted, Lapse::Crashes),
        "A request in clear, where encryption is required, is answered with status 500",
        &[
            "encryption/requires-encrypted-requests",
            "encryption/refuses-a-key-in-clear",
            "credential/refuses-an-empty-body",
            "credential/refuses-another-media-type",
            "http/never-answers-5xx",
        ],
    )),
    required(row(
        "accepts-unencrypted-answer",
        Stage::Rule(Rule::EncryptionAsked, Lapse::Accepts),
        "A request without a key for the answer, where encryption is required, is served",
        &["encryption/requires-encrypted-responses"],
    )),
    required(row(
        "crashes-on-unencrypted-answer",
        Stage::Rule(Rule::EncryptionAsked, Lapse::Crashes),
        "A request without a key for the answer, where encryption is required, is answered with status 500",
        &["encryption/requires-encrypted-responses", "http/never-answers-5xx"],
    )),
    row(
        "encrypted-answer-as-json",
        Stage::Wire(CREDENTIAL, |answer| {
            if answer.status == StatusCode::OK {
                answer.retype("application/json");
            }
        }),
        "Encrypted answers are labelled application/json",
        &["encryption/is-served-as-jwt"],
    ),
    row(
        "answers-in-clear",
        Stage::Envelope(|envelope| envelope.stays_open = true),
        "The answer is in clear although an encrypted one was asked for",
        &["encryption/encrypts-when-asked"],
    ),
    row(
        "answer-by-another-algorithm",
        Stage::Envelope(|envelope| set(envelope, "alg", "ECDH-ES+A128KW")),
        "Encrypted answers name another algorithm than the wallet's key states",
        &["encryption/uses-the-algorithm-of-the-key"],
    ),
    row(
        "answer-by-another-enc",
        Stage::Envelope(|envelope| {
            envelope.enc = match envelope.enc {
                Enc::A128Gcm => Enc::A256Gcm,
                Enc::A256Gcm => Enc::A128Gcm,
            };
            set(envelope, "enc", envelope.enc.name());
        }),
        "Encrypted answers use another content encryption than the wallet named",
        &["encryption/uses-the-enc-asked-for"],
    ),
    row(
        "answer-without-kid",
        Stage::Envelope(|envelope| {
            envelope.header.remove("kid");
        }),
        "Encrypted answers do not name the key that they are for",
        &["encryption/echoes-the-key-id"],
    ),
    row(
        "answer-names-thumbprint",
        Stage::Envelope(|envelope| {
            envelope.header.insert("kid".to_owned(), json!("a-thumbprint-of-the-key"));
        }),
        "Encrypted answers name their key otherwise than the wallet does",
        &["encryption/echoes-the-key-id"],
    ),
    row(
        "answer-compressed-unasked",
        Stage::Envelope(|envelope| {
            envelope.compresses = true;
            set(envelope, "zip", jwe::ZIP);
        }),
        "Encrypted answers are compressed whether the wallet asked for it or not",
        &["encryption/compresses-as-asked"],
    ),
    row(
        "answer-never-compressed",
        Stage::Envelope(|envelope| {
            envelope.compresses = false;
            envelope.header.remove("zip");
        }),
        "Encrypted answers are not compressed although the wallet asked for it",
        &["encryption/compresses-as-asked"],
    ),
    row(
        "answer-reuses-ephemeral-key",
        Stage::Envelope(|envelope| envelope.reuses_a_key = true),
        "Every encrypted answer is made with the same key of the issuer",
        &["encryption/ephemeral-keys-are-fresh"],
    ),
    row(
        "answer-with-encrypted-key",
        Stage::Envelope(|envelope| envelope.encrypted_key = "AAAAAAAAAAAAAAAAAAAAAA"),
        "Encrypted answers by direct agreement carry an encrypted key",
        &["encryption/key-segment-is-right"],
    ),
    row(
        "answer-spoilt",
        Stage::Envelope(|envelope| envelope.spoils_the_tag = true),
        "Encrypted answers cannot be decrypted",
        &["encryption/decrypts-to-the-response"],
    ),
    row(
        "answer-wrapped",
        Stage::Envelope(|envelope| {
            envelope.content = json!({"payload": envelope.content.take()});
        }),
        "Inside of encrypted answers the response is a member of something else",
        &["encryption/decrypts-to-the-response", "credential/returns-credential-objects"],
    ),
    row(
        "error-encrypted",
        Stage::Wire(CREDENTIAL, |answer| {
            let is_one = answer.object().is_some_and(|body| {
                body.get("error_description") == Some(&json!("kid names no published key"))
            });
            if is_one {
                answer.replace_by_text(SEALED.to_owned());
                answer.retype("application/jwt");
            }
        }),
        "The error for an unknown kid is encrypted",
        &[
            "encryption/errors-are-in-clear",
            "encryption/refuses-an-unknown-key-id",
            "credential/errors-are-json",
        ],
    ),
    row(
        "refuses-stray-encryption-alg",
        Stage::Request(CREDENTIAL, refuse_stray_alg),
        "A wish for encryption with an alg of its own is refused",
        &["encryption/ignores-a-stray-alg"],
    ),
    row(
        "second-request-key-stale",
        Stage::Wire(METADATA, |answer| {
            keys(answer, |keys| {
                if let Some(key) = keys.last_mut() {
                    key["x"] = json!("weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ");
                    key["y"] = json!("e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck");
                }
            })
        }),
        "The second of the published keys is one that the issuer no longer has",
        &["encryption/reads-every-key-and-enc"],
    ),
    row(
        "response-encryption-without-required",
        Stage::Wire(METADATA, |answer| {
            side(answer, "credential_response_encryption", |side| {
                side.remove("encryption_required");
            })
        }),
        "Issuer metadata does not say whether encrypted responses are required",
        &["encryption/describes-response-encryption"],
    ),
    row(
        "response-encryption-required-as-text",
        Stage::Wire(METADATA, |answer| {
            side(answer, "credential_response_encryption", |side| {
                side.insert("encryption_required".to_owned(), json!("false"));
            })
        }),
        "Issuer metadata says by a text whether encrypted responses are required",
        &["encryption/describes-response-encryption"],
    ),
    row(
        "request-keys-as-array",
        Stage::Wire(METADATA, |answer| {
            side(answer, "credential_request_encryption", |side| {
                let keys = side["jwks"]["keys"].take();
                side.insert("jwks".to_owned(), keys);
            })
        }),
        "Issuer metadata has the keys for requests as an array instead of a key set",
        &["encryption/describes-request-encryption"],
    ),
    row(
        "request-keys-share-kid",
        Stage::Wire(METADATA, |answer| {
            keys(answer, |keys| {
                if let [first, .., last] = keys {
                    last["kid"] = first["kid"].clone();
                }
            })
        }),
        "The published keys for requests have the same kid",
        &["encryption/describes-request-encryption", "encryption/reads-every-key-and-enc"],
    ),
    row(
        "request-encryption-missing",
        Stage::Wire(METADATA, |answer| {
            if let Some(metadata) = answer.object() {
                metadata.remove("credential_request_encryption");
            }
        }),
        "Issuer metadata announces encrypted responses and no encrypted requests",
        &["encryption/goes-both-ways"],
    ),
    row(
        "request-key-for-signatures",
        Stage::Wire(METADATA, |answer| {
            keys(answer, |keys| {
                if let Some(key) = keys.last_mut() {
                    key["use"] = json!("sig");
                }
            })
        }),
        "One of the published keys for requests is reserved for signatures",
        &["encryption/keys-are-usable"],
    ),
    row(
        "request-key-off-curve",
        Stage::Wire(METADATA, |answer| {
            keys(answer, |keys| {
                if let Some(key) = keys.last_mut() {
                    key["y"] = key["x"].clone();
                }
            })
        }),
        "One of the published keys for requests is no point of its curve",
        &["encryption/keys-are-usable"],
    ),
];

fn refuse_stray_alg(incoming: &Incoming) -> Option<Refusal> {
    let body = strict_json::read_object(&incoming.body)?;
    body.get("credential_response_encryption")?.get("alg")?;
    Some(Refusal::bad_request("invalid_encryption_parameters", "alg belongs into jwk"))
}

fn set(envelope: &mut Envelope, name: &str, value: &str) {
    envelope.header.insert(name.to_owned(), json!(value));
}

/// Alters one of the two objects on encryption.
fn side(answer: &mut Answer, name: &str, alter: fn(&mut Map<String, Value>)) {
    let side = answer.object().and_then(|metadata| metadata.get_mut(name));
    if let Some(Value::Object(side)) = side {
        alter(side);
    }
}

/// Alters the published keys for requests.
fn keys(answer: &mut Answer, alter: fn(&mut [Value])) {
    let metadata = answer.object();
    let side = metadata.and_then(|metadata| metadata.get_mut("credential_request_encryption"));
    if let Some(Value::Array(keys)) = side.and_then(|side| side.pointer_mut("/jwks/keys")) {
        alter(keys);
    }
}
