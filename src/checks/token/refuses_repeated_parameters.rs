//! Two values for one parameter are read differently by every layer that reads them.

use super::INVALID_REQUEST;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-repeated-parameters",
    aliases: &[],
    since: "2026.1",
    title: "repeated parameters are refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-3.2", "rfc6749#section-5.2"],
    obligation: "a token request that repeats a parameter is refused with 400 invalid_request",
    doc: "Form libraries take the first value, the last or both; a filter in front of the server \
          may check the one and the server use the other. OAuth therefore counts a repeated \
          parameter as a malformed request. Most frameworks hand over a map from which the \
          second value is already gone: read the list of pairs, and refuse a name that occurs \
          twice. The MUST NOT of RFC 6749 3.2 binds the client, so accepting it warns.",
    judge: Judge::Refusal(Refusal {
        tamper: "repeated-parameter",
        expects: &[INVALID_REQUEST],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{refused, refused_alone, token};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16, code: &str) -> Stage {
        refused("repeated-parameter", status, code)
    }

    #[test]
    fn status_and_code_are_fixed() {
        assert_holds(&super::CHECK, &stage(400, "invalid_request"));
        assert_outcome(&super::CHECK, &stage(400, "invalid_grant"), Outcome::Warn);
        assert_outcome(&super::CHECK, &stage(403, "invalid_request"), Outcome::Warn);
        assert_breaks(&super::CHECK, &stage(500, "invalid_request"), "a server error");
    }

    #[test]
    fn a_token_breaks() {
        let granted = stage(400, "invalid_request").tampered(
            "repeated-parameter",
            Station::Token,
            200,
            token("u"),
        );
        assert_breaks(&super::CHECK, &granted, "accepted");
    }

    #[test]
    fn without_a_control_a_refusal_proves_nothing() {
        let alone = refused_alone("repeated-parameter", 400, "invalid_request");
        assert_outcome(&super::CHECK, &alone, Outcome::Inconclusive);
    }
}
