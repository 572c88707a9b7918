//! A refresh token that is handed out is a promise.

use super::{is_refresh, issues_refresh_tokens};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::protocol::TokenResponse;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "refresh/yields-a-token",
    aliases: &[],
    since: "2026.3",
    title: "a refresh token yields an access token",
    level: Level::Derived,
    raised_by: &[],
    applies: issues_refresh_tokens,
    spec: &["rfc6749#section-6", "vci#section-14.5"],
    obligation: "a token request with a refresh token that was issued a moment ago is granted",
    doc: "Nobody has to issue refresh tokens, but one that was issued and does not work costs the holder \
          the renewal of the credential, months later and without anybody looking. Libraries issue them by \
          default, while the store behind the pre-authorized grant keeps none, or the token endpoint \
          rejects the grant for public clients.\n\n\
          Try `grant_type=refresh_token` with the same `client_id` and, where DPoP is used, the same key. \
          If refreshing is not wanted, leave `refresh_token` out of the response.",
    judge: Judge::Answers(Station::Token, yields_a_token),
};

fn yields_a_token(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !is_refresh(answered.exchange) {
        return Finding::Silent("no refresh was asked for");
    }
    if matches!(answered.answer.status, 429 | 503) {
        return Finding::Silent("the server was busy");
    }
    let granted =
        answered.json.map(TokenResponse::new).and_then(|response| response.access_token());
    Finding::expect(
        answered.answer.is_success() && granted.is_some(),
        "200 with an access_token",
        answered.summary(),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::redeemed;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn a_promise_is_kept() {
        assert_holds(&super::CHECK, &redeemed("Bearer").renewed());
        let refused = redeemed("Bearer").refreshed(400, json!({ "error": "invalid_grant" }));
        assert_breaks(&super::CHECK, &refused, "400 invalid_grant");
        assert_outcome(&super::CHECK, &refused, Outcome::Warn);
        assert_outcome(&super::CHECK, &redeemed("Bearer"), Outcome::NotTestable);
    }
}
