//! A proof that is dated ahead is good for longer than it should be.

use super::profile;
use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/refuses-proofs-from-the-future",
    aliases: &[],
    since: "2026.3",
    title: "a DPoP proof from the future is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: profile,
    spec: &["fapi2#section-5.3.2.1"],
    obligation: "a DPoP proof dated more than a minute ahead is refused at the token endpoint",
    doc: "The profile has clocks that are a little fast put up with, and draws the line at a minute: a proof from \
          further ahead was made to be used later. Libraries that only look at the age of a proof let it \
          through, since its age is negative.\n\n\
          Look at both ends of the window. The proof is dated 90 seconds ahead here.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-far-ahead",
        expects: &[Expectation {
            station: Station::Token,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_dpop_proof"],
            tolerated: &["use_dpop_nonce", "invalid_request"],
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
        let stage = Stage::new().tampered("dpop-far-ahead", Station::Token, status, body);
        to_haip(stage.answer_json(Station::Token, 200, token))
    }

    #[test]
    fn it_is_refused_and_a_token_warns() {
        assert_holds(&super::CHECK, &answered(400, "invalid_dpop_proof"));
        assert_breaks(&super::CHECK, &answered(200, ""), "accepted");
        assert_outcome(&super::CHECK, &answered(200, ""), Outcome::Warn);
        assert_outcome(&super::CHECK, &answered(500, ""), Outcome::Warn);
    }
}
