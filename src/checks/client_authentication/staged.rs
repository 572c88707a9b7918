//! Scenarios in which a client shows who it is, wrongly and then rightly.

use serde_json::{Value, json};

use crate::checks::staging::Stage;
use crate::transcript::Station;

/// A tampered attestation or proof is answered like this, an untampered one with a token. The
/// server gives challenges only where the tamper is about them.
pub fn attested(tamper: &str, status: u16, body: Value) -> Stage {
    let headers =
        [("oauth-client-attestation", "a.b.c"), ("oauth-client-attestation-pop", "d.e.f")];
    let endpoint = match tamper.ends_with("-challenge") {
        true => json!({ "challenge_endpoint": "https://issuer.example/challenge" }),
        false => json!({}),
    };
    let sent = |stage: Stage| stage.sent("POST", "https://issuer.example/token", &headers, "a=b");
    let stage = Stage::new().as_metadata(endpoint);
    let stage = sent(stage.tampered(tamper, Station::Token, status, body));
    sent(stage.answer_json(Station::Token, 200, json!({ "access_token": "t" })))
}
