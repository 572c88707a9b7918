//! What was bound to a key stays bound when it is renewed.

use super::{before, is_refresh, issues_refresh_tokens};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::protocol::TokenResponse;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "refresh/keeps-the-token-type",
    aliases: &[],
    since: "2026.3",
    title: "a refreshed token is of the same type",
    level: Level::Derived,
    raised_by: &[],
    applies: issues_refresh_tokens,
    spec: &["rfc9449#section-5", "rfc6749#section-6"],
    obligation: "the token_type of a refreshed access token is that of the one before",
    doc: "A wallet that got a bound token and shows the same key when it refreshes gets a bound token \
          again. One that turns into a bearer token on the way is what a thief of it hopes for. Look for a \
          refresh handler that builds its response apart from the one of the code, without the `cnf` of \
          the grant.",
    judge: Judge::Answers(Station::Token, keeps_the_token_type),
};

fn keeps_the_token_type(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    if !is_refresh(answered.exchange) {
        return Finding::Silent("no refresh was asked for");
    }
    let now = answered.json.map(TokenResponse::new).and_then(|response| response.token_type());
    let earlier = before(answered, scene).find_map(|response| response.token_type());
    let (Some(now), Some(earlier)) = (now, earlier) else {
        return Finding::Silent("there is no token_type to compare");
    };
    Finding::expect(
        now.eq_ignore_ascii_case(earlier),
        format!("token_type {}, as before", shape::quote(earlier)),
        format!("token_type {}", shape::quote(now)),
    )
}

#[cfg(test)]
mod tests {
    use super::super::staged::{redeemed, response};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn the_type_stays_in_any_case() {
        let refreshed = |kind: &str| redeemed("DPoP").refreshed(200, response("a2", kind, None));
        assert_holds(&super::CHECK, &refreshed("dpop"));
        assert_breaks(&super::CHECK, &refreshed("Bearer"), "Bearer");
        assert_outcome(&super::CHECK, &refreshed("Bearer"), Outcome::Warn);
    }
}
