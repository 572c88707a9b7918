//! Who can date a proof ahead can keep it for later.

use super::profile;
use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/refuses-client-proofs-from-the-future",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof from the future is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: profile,
    spec: &["fapi2#section-5.3.2.1"],
    obligation: "a proof of an attested client dated more than a minute ahead is refused at the token endpoint",
    doc: "The profile has clocks that are a little fast put up with, and draws the line at a minute. It does so for \
          every JWT that a client signs, so the proof that goes with a client attestation is no other case \
          than a DPoP proof, though another library reads it.\n\n\
          Look at both ends of the window. The proof is dated 90 seconds ahead here.",
    judge: Judge::Refusal(Refusal {
        tamper: "client-proof-far-ahead",
        expects: &[Expectation {
            station: Station::Token,
            applies: applicability::always,
            status: &[400, 401],
            codes: &["invalid_client", "invalid_client_attestation"],
            tolerated: &["invalid_request", "invalid_grant"],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::to_haip;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn answered(status: u16, code: &str) -> Stage {
        let token = json!({"access_token": "t", "token_type": "DPoP"});
        let body = match status {
            200 => token.clone(),
            _ => json!({ "error": code }),
        };
        let stage = Stage::new().tampered("client-proof-far-ahead", Station::Token, status, body);
        to_haip(stage.answer_json(Station::Token, 200, token))
    }

    #[test]
    fn it_is_refused_and_a_token_warns() {
        assert_holds(&super::CHECK, &answered(400, "invalid_client"));
        assert_breaks(&super::CHECK, &answered(200, ""), "accepted");
        assert_outcome(&super::CHECK, &answered(200, ""), Outcome::Warn);
        assert_outcome(&super::CHECK, &answered(500, ""), Outcome::Warn);
    }
}
