//! Scenarios in which a tampered proof is answered, followed by the control.

use serde_json::json;

use crate::checks::staging::Stage;
use crate::transcript::Station;

/// The tampered proof is refused with 400 and a code.
pub fn refused(tamper: &str, code: &str) -> Stage {
    let body = json!({ "error": code });
    controlled(Stage::new().tampered(tamper, Station::Credential, 400, body))
}

/// The tampered proof is accepted.
pub fn accepted(tamper: &str) -> Stage {
    let body = json!({"credentials": [{"credential": "a~"}]});
    controlled(Stage::new().tampered(tamper, Station::Credential, 200, body))
}

fn controlled(stage: Stage) -> Stage {
    let body = json!({"credentials": [{"credential": "a~"}]});
    stage.answer_json(Station::Credential, 200, body)
}
