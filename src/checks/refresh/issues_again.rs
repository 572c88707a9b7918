//! Renewing a credential is what refresh tokens are for.

use super::{is_refresh, issues_refresh_tokens};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::protocol::TokenResponse;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "refresh/issues-again",
    aliases: &[],
    since: "2026.3",
    title: "a refreshed token gets the credential again",
    level: Level::Derived,
    raised_by: &[],
    applies: issues_refresh_tokens,
    spec: &["vci#section-14.5"],
    obligation: "a credential request with a refreshed access token, a fresh nonce and a new key is granted",
    doc: "OpenID4VCI has the wallet renew a credential by asking for it again with a token that it \
          refreshed. A refreshed token that was not given the rights of the first, or an issuer that takes \
          an offer for spent once its credential was collected, leaves the holder with a credential that \
          runs out.\n\n\
          Carry the authorized configurations and identifiers over to each refreshed token. Whether the \
          renewed credential shows current claims is the point of it, too.",
    judge: Judge::Answers(Station::Credential, issues_again),
};

fn issues_again(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let token = answered.exchange.access_token();
    let is_refreshed = scene.granted(Station::Token).any(|response| {
        is_refresh(response.exchange)
            && token.is_some()
            && response.json.and_then(|json| TokenResponse::new(json).access_token()) == token
    });
    if !is_refreshed {
        return Finding::Silent("the access token was not refreshed");
    }
    if matches!(answered.answer.status, 429 | 503) {
        return Finding::Silent("the issuer was busy");
    }
    Finding::expect(
        answered.answer.is_success() && answered.grants_something(),
        "credentials, or the promise of some",
        answered.summary(),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::staged::redeemed;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn asked(token: &str, status: u16, body: Value) -> Stage {
        redeemed("Bearer").renewed().answer_json(Station::Credential, status, body).sent(
            "POST",
            "https://issuer.example/credential",
            &[("authorization", &format!("Bearer {token}"))],
            "{}",
        )
    }

    #[test]
    fn only_the_refreshed_token_counts() {
        let given = json!({ "credentials": [{ "credential": "c" }] });
        assert_holds(&super::CHECK, &asked("a2", 200, given.clone()));
        let denied = json!({ "error": "credential_request_denied" });
        assert_breaks(&super::CHECK, &asked("a2", 400, denied), "credential_request_denied");
        assert_outcome(&super::CHECK, &asked("a1", 200, given), Outcome::NotTestable);
    }
}
