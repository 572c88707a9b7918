//! Scenarios in which a tampered batch is answered, followed by the control.

use serde_json::{Value, json};

use crate::checks::staging::credentials::{Paper, proof, respond};
use crate::checks::staging::{Stage, honest_metadata};
use crate::transcript::Station;

/// The tampered batch is refused.
pub fn refused(tamper: &str, status: u16, code: &str) -> Stage {
    answered(tamper, status, json!({ "error": code }), 2)
}

/// The tampered batch of that many proofs gets these credentials.
pub fn granted(tamper: &str, texts: &[String], proofs: u8) -> Stage {
    let credentials: Vec<Value> = texts.iter().map(|text| json!({ "credential": text })).collect();
    answered(tamper, 200, json!({ "credentials": credentials }), proofs)
}

fn answered(tamper: &str, status: u16, answer: Value, proofs: u8) -> Stage {
    let jwts: Vec<String> = (1..=proofs).map(proof).collect();
    let body = json!({ "credential_configuration_id": "pid", "proofs": { "jwt": jwts } });
    let stage = Stage::new()
        .issuer_metadata(honest_metadata())
        .tampered(tamper, Station::Credential, status, answer)
        .sent("POST", "https://issuer.example/credential", &[], &body.to_string());
    respond(stage, &[Paper::honest(1).text()], 1)
}
