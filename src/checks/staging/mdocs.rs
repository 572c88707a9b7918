//! Scenarios in which mdocs are issued, for the unit tests of the checks that open them.

use serde_json::json;

use crate::checks::Policy;
use crate::checks::staging::credentials::{issuer_key, key, respond};
use crate::checks::staging::{Stage, honest_metadata, with};
use crate::formats::mdoc::draft::{DOC_TYPE, Draft};

/// A self-signed IACA.
pub const IACA: &str = "MIIBzDCCAXKgAwIBAgIBATAKBggqhkjOPQQDAjAjMQswCQYDVQQGEwJERTEUMBIGA1UEAwwLU3RhZ2VkIElBQ0EwHhcNMjYwMTAxMDAwMDAwWhcNMzUxMjMxMDAwMDAwWjAjMQswCQYDVQQGEwJERTEUMBIGA1UEAwwLU3RhZ2VkIElBQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARCrZcdA30asr7fzj8X+X260SBep8x1oE/1gt3KVqC/OB/bpeUkLVHOdg8nwD4SN52DctnByc+bqrHVWLEXx7kBo4GWMIGTMB0GA1UdDgQWBBR/0sb8AqhWsmOUP4V+h5jsgVRwkDAhBgNVHRIEGjAYhhZodHRwczovL2lzc3Vlci5leGFtcGxlMCsGA1UdHwQkMCIwIKAeoByGGmh0dHBzOi8vaXNzdWVyLmV4YW1wbGUvY3JsMA4GA1UdDwEB/wQEAwIBBjASBgNVHRMBAf8ECDAGAQH/AgEAMAoGCCqGSM49BAMCA0gAMEUCIDpG4+XOvWItAANXF2Czs2YZF2E/s03neLDMJUlfVzUiAiEArLF+1+CipRglkCkQeT93dAzj1GIUpkpjlXoLM9miIjk=";
/// The certificate of the staged issuer's key, signed by the IACA, with all that the profile wants.
pub const SIGNER: &str = "MIIB8zCCAZigAwIBAgIBAjAKBggqhkjOPQQDAjAjMQswCQYDVQQGEwJERTEUMBIGA1UEAwwLU3RhZ2VkIElBQ0EwHhcNMjYwMTAxMDAwMDAwWhcNMzUxMjMxMDAwMDAwWjAlMQswCQYDVQQGEwJERTEWMBQGA1UEAwwNU3RhZ2VkIFNpZ25lcjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCCcMXtjeTXdPaHFT2NJXfsx+X0pPfCFcQMgWVyarLg/3eTGn8F6DHTCDMaSZi8EmJK6N6S6R9LHDNipmYY5H5ujgbowgbcwHQYDVR0OBBYEFKN7/fdbL3L9NDzTdOCKHQA6GJfZMCEGA1UdEgQaMBiGFmh0dHBzOi8vaXNzdWVyLmV4YW1wbGUwKwYDVR0fBCQwIjAgoB6gHIYaaHR0cHM6Ly9pc3N1ZXIuZXhhbXBsZS9jcmwwHwYDVR0jBBgwFoAUf9LG/AKoVrJjlD+FfoeY7IFUcJAwDgYDVR0PAQH/BAQDAgeAMBUGA1UdJQEB/wQLMAkGByiBjF0FAQIwCgYIKoZIzj0EAwIDSQAwRgIhAMTr8ZOEfBm4XZy/oWlrx7se2CHNsk68YkKbkOXhResdAiEAyJgbUd14SNjYpUzWEk7pESMbOK8Y9/inKQjHR/TVydo=";

/// An honest driving licence for the holder key of that number.
pub fn licence(holder: u8) -> Draft {
    Draft::honest(&key(holder).public_jwk(), holder, &issuer_key(), SIGNER)
}

/// A scenario in which these mdocs are issued to a request with a proof for each of the holder keys
/// 1 to n, under the policy that trusts the staged IACA.
pub fn issued(drafts: &[Draft]) -> Stage {
    issued_texts(&drafts.iter().map(Draft::text).collect::<Vec<_>>(), drafts.len())
}

/// A scenario in which these texts are issued as mdocs to a request with that many proofs.
pub fn issued_texts(texts: &[String], proofs: usize) -> Stage {
    let configuration = json!({
        "format": "mso_mdoc",
        "doctype": DOC_TYPE,
        "cryptographic_binding_methods_supported": ["cose_key"],
        "credential_signing_alg_values_supported": [-7],
        "proof_types_supported": { "jwt": { "proof_signing_alg_values_supported": ["ES256"] } }
    });
    let metadata =
        with(honest_metadata(), "/credential_configurations_supported/pid", configuration);
    let stage = Stage::new().issuer_metadata(metadata).policy(trusting(IACA));
    respond(stage, texts, proofs)
}

/// A policy with one trust anchor.
pub fn trusting(anchor: &str) -> Policy {
    let pem = format!("-----BEGIN CERTIFICATE-----\n{anchor}\n-----END CERTIFICATE-----\n");
    Policy { trust_anchors: vec![pem], ..Policy::default() }
}
