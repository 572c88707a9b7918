//! A lifetime that nobody looks at is a promise of the wrong kind.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-an-expired-token",
    aliases: &[],
    since: "2026.3",
    title: "an expired access token is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#authorization-errors", "rfc6750#section-3.1", "rfc6749#section-5.1"],
    obligation: "a credential request with an access token whose expires_in has passed is refused with 401 and invalid_token",
    doc: "The token response says how long the access token lives, and the resource is what has to keep to it. A \
          resource that verifies the signature of a token and not its `exp`, or asks a cache that outlives \
          it, honours a stolen token for ever. The scenario waits for `expires_in` and five and a half minutes more, \
          since verifiers allow for clocks that differ. Status and code of the refusal are recommended rather than demanded.",
    judge: Judge::Refusal(Refusal {
        tamper: "expired-token",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[401],
            codes: &["invalid_token"],
            tolerated: &["invalid_dpop_proof"],
            code_in: CodeIn::Challenge,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16, challenge: &str) -> Stage {
        let given = json!({ "credentials": [{ "credential": "c" }] });
        let body = if status == 200 { given.to_string() } else { String::new() };
        let headers = [("www-authenticate", challenge)];
        Stage::new().answer_json(Station::Credential, 200, given).tampered_raw(
            "expired-token",
            Station::Credential,
            status,
            &headers,
            &body,
        )
    }

    #[test]
    fn the_code_is_in_the_challenge() {
        assert_holds(&super::CHECK, &stage(401, r#"Bearer error="invalid_token""#));
        assert_outcome(&super::CHECK, &stage(400, "Bearer"), Outcome::Warn);
        assert_outcome(&super::CHECK, &stage(200, ""), Outcome::Fail);
    }
}
