//! A parameter does not make another media type.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/takes-media-type-parameters",
    aliases: &[],
    since: "2026.3",
    title: "parameters of the media type do no harm",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc9110#section-8.3.1"],
    obligation: "a credential request with Content-Type application/json; charset=utf-8 is granted all the same",
    doc: "Many HTTP libraries add `charset=utf-8` by themselves. Code that compares the whole field with `application/json` \
          refuses their requests with 415. Compare the part before the semicolon.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "media-type-parameter",
        stations: &[Station::Credential],
    }),
};

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn a_grant_holds_and_a_refusal_does_not() {
        let granted = json!({"credentials": [{"credential": "a~"}]});
        let stage = |status: u16, body: Value| {
            Stage::new()
                .tampered("media-type-parameter", Station::Credential, status, body)
                .answer_json(Station::Credential, 200, granted.clone())
        };
        assert_holds(&super::CHECK, &stage(200, granted.clone()));
        let refused = stage(400, json!({ "error": "invalid_request" }));
        assert_outcome(&super::CHECK, &refused, Outcome::Warn);
    }
}
