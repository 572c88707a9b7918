//! A credential that is renewed without its holder.

use serde_json::Value;

use super::profile;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/issues-refresh-tokens",
    aliases: &[],
    since: "2026.3",
    title: "a refresh token comes with the access token",
    level: Level::Should,
    raised_by: &[],
    applies: profile,
    spec: &["haip#token-endpoint"],
    obligation: "the response to a redeemed code has a refresh token",
    doc: "The profile recommends refresh tokens, so that a wallet can fetch the credential anew, with fresh claims or fresh keys, \
          without leading its holder through everything again. The response to a refresh is not looked at: a bound token stays.\n\n\
          An issuer may have reasons against it: then list this check under `exclude` with them.",
    judge: Judge::Answers(Station::Token, issues_refresh_tokens),
};

fn issues_refresh_tokens(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if answered.member("access_token").is_none() {
        return Finding::Silent("no token was given");
    }
    if answered.exchange.form_value("refresh_token").is_some() {
        return Finding::Silent("the token was refreshed");
    }
    let has_one = answered.member("refresh_token").is_some_and(Value::is_string);
    Finding::expect(has_one, "refresh_token", "no refresh_token")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::{assert_concerns_nobody_else, to_haip};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn its_absence_warns() {
        let stage = |body| Stage::new().answer_json(Station::Token, 200, body);
        let with = stage(json!({ "access_token": "a", "refresh_token": "r" }));
        assert_holds(&super::CHECK, &to_haip(with));
        let without = stage(json!({ "access_token": "a" }));
        assert_concerns_nobody_else(&super::CHECK, &without);
        assert_outcome(&super::CHECK, &to_haip(without), Outcome::Warn);
    }
}
