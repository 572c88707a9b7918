//! A wallet that gives a token back wants to know that it is gone.

use super::takes_back;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "revocation/answers-200",
    aliases: &[],
    since: "2026.3",
    title: "a revocation is answered with 200",
    level: Level::Derived,
    raised_by: &[],
    applies: takes_back,
    spec: &["rfc7009#section-2.2"],
    obligation: "the Revocation Endpoint answers the revocation of a refresh token with status 200",
    doc: "RFC 7009 has one answer for a token that was revoked: status 200, and whatever is in the body does \
          not count. 204 looks right and is not what clients compare with; 401 and 403 come from an \
          endpoint that only serves clients with a secret, while the token endpoint issues refresh tokens \
          to clients without one.",
    judge: Judge::Answers(Station::Revocation, answers_200),
};

fn answers_200(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if matches!(answered.answer.status, 429 | 503) {
        return Finding::Silent("the server was busy");
    }
    if answered.error_code().as_deref() == Some("invalid_client") {
        return Finding::Exempt("the endpoint does not serve this client (invalid_client)");
    }
    Finding::expect(answered.answer.status == 200, "status 200", answered.summary())
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn nothing_else_will_do() {
        let stage =
            |status, body: &str| Stage::new().answer(Station::Revocation, status, &[], body);
        assert_holds(&super::CHECK, &stage(200, ""));
        assert_breaks(&super::CHECK, &stage(204, ""), "204");
        assert_outcome(&super::CHECK, &stage(204, ""), Outcome::Warn);
        let stranger = stage(401, r#"{"error":"invalid_client"}"#);
        assert_outcome(&super::CHECK, &stranger, Outcome::NotApplicable);
        assert_outcome(&super::CHECK, &stage(503, ""), Outcome::NotTestable);
    }
}
