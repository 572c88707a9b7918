//! A token with no key behind it serves whoever finds it, so it must not last.

use serde_json::Value;

use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/keeps-bearer-tokens-short-lived",
    aliases: &[],
    since: "2026.1",
    title: "bearer tokens are short-lived",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#section-13.10"],
    obligation: "a token that is not sender-constrained lives no longer than five minutes",
    doc: "Whoever holds a bearer token can fetch the credential it stands for. OpenID4VCI forbids \
          long-lived ones and draws the line at five minutes, which is far below the hour or the \
          day that authorization servers come with. Shorten the lifetime for this client or scope \
          to 300 seconds, or bind tokens to a key with DPoP (RFC 9449) and keep the lifetime.",
    judge: Judge::Answers(Station::Token, keeps_bearer_tokens_short_lived),
};

/// Seconds beyond which a token counts as long-lived.
const LONG_LIVED: f64 = 300.0;

fn keeps_bearer_tokens_short_lived(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    if answered.member("access_token").is_none() {
        return Finding::Silent("no token was given");
    }
    let Some(token_type) = answered.member("token_type").and_then(Value::as_str) else {
        return Finding::Silent("the answer does not say of which type the token is");
    };
    if !token_type.eq_ignore_ascii_case("bearer") {
        return Finding::Holds;
    }
    let expected = "a bearer token with expires_in of at most 300";
    match answered.member("expires_in").and_then(seconds) {
        Some(seconds) if seconds > LONG_LIVED && scene.provenance.client_certificate => {
            Finding::Warns(
                Breach::new(expected, format!("a bearer token with expires_in {seconds}")),
                "it may be bound to the client certificate that the wallet showed",
            )
        }
        Some(seconds) => Finding::expect(
            seconds <= LONG_LIVED,
            expected,
            format!("a bearer token with expires_in {seconds}"),
        ),
        None => Finding::Warns(
            Breach::new(expected, "a bearer token without a readable expires_in"),
            "how long the token lives cannot be seen",
        ),
    }
}

fn seconds(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(token_type: &str, expires_in: Value) -> Stage {
        let body = json!({
            "access_token": "t", "token_type": token_type, "expires_in": expires_in
        });
        Stage::new().answer_json(Station::Token, 200, body)
    }

    #[test]
    fn five_minutes_is_the_line_for_bearer_tokens_alone() {
        assert_holds(&super::CHECK, &stage("bearer", json!(300)));
        assert_holds(&super::CHECK, &stage("DPoP", json!(86400)));
        assert_breaks(&super::CHECK, &stage("Bearer", json!(86400)), "86400");
        assert_outcome(&super::CHECK, &stage("Bearer", json!("3600")), Outcome::Fail);
    }

    #[test]
    fn an_unknown_lifetime_only_warns() {
        assert_outcome(&super::CHECK, &stage("Bearer", json!(null)), Outcome::Warn);
    }
}
