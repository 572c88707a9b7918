//! The name of a scheme has no case.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/takes-any-case-of-the-scheme",
    aliases: &[],
    since: "2026.3",
    title: "the authorization scheme may be written in any case",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc9110#section-11.1"],
    obligation: "a credential request whose authorization scheme is written in capitals is granted all the same",
    doc: "Names of authentication schemes compare without regard to case. Code that strips `Bearer ` from the field by \
          comparing letters takes `BEARER` and `bearer` for no token at all.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "scheme-in-capitals",
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
                .tampered("scheme-in-capitals", Station::Credential, status, body)
                .answer_json(Station::Credential, 200, granted.clone())
        };
        assert_holds(&super::CHECK, &stage(200, granted.clone()));
        let refused = stage(400, json!({ "error": "invalid_request" }));
        assert_outcome(&super::CHECK, &refused, Outcome::Fail);
    }
}
