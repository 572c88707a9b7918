//! Renewing is no occasion to get more.

use super::{INVALID_GRANT, issues_refresh_tokens};
use crate::checks::{Answered, Applies, Check, Control, Expectation, Judge, Level, Refusal, Scene};

const TAMPER: &str = "refresh-wider-scope";

pub static CHECK: Check = Check {
    id: "refresh/keeps-the-scope",
    aliases: &[],
    since: "2026.3",
    title: "a refresh never widens the scope",
    level: Level::Must,
    raised_by: &[],
    applies: issues_refresh_tokens,
    spec: &["rfc6749#section-6", "rfc6749#section-5.1"],
    obligation: "a refresh that asks for a scope that was never granted does not get it",
    doc: "`scope` in a refresh may only narrow what the holder agreed to. A server that copies the parameter \
          into the new token lets every wallet help itself. Refuse what goes beyond the grant with \
          `invalid_scope`.\n\n\
          A server that takes no notice of `scope` at this point is on the safe side, but then has to say \
          in the response which scope the token has, since it is not the one that was asked for: a response \
          without `scope` warns.",
    judge: Judge::Refusal(Refusal {
        tamper: TAMPER,
        expects: &[Expectation {
            applies: concerned,
            codes: &["invalid_scope"],
            tolerated: &["invalid_request"],
            fixed: false,
            ..INVALID_GRANT
        }],
        control: Control::Needed,
        leniency: Some(takes_no_notice),
    }),
};

/// A server may ignore what is asked for where it states the scope that is granted (RFC 6749 3.3).
fn concerned(scene: &Scene<'_>) -> Applies {
    if let Applies::No(reason) = issues_refresh_tokens(scene) {
        return Applies::No(reason);
    }
    let states_another = |answered: &Answered<'_>| {
        let stated = answered.member("scope").and_then(serde_json::Value::as_str);
        let (Some(stated), Some(asked)) = (stated, answered.exchange.form_value("scope")) else {
            return false;
        };
        answered.grants_something() && !stated.split(' ').any(|one| one == asked)
    };
    let mut widened = scene.tampered(TAMPER).peekable();
    let is_open = widened.peek().is_none() || !widened.all(|answered| states_another(&answered));
    Applies::when(is_open, "the scope that was asked for was ignored, and the real one is stated")
}

/// Granted, and not what was asked for.
fn takes_no_notice(answered: &Answered<'_>, _: &Scene<'_>) -> Option<&'static str> {
    let asked = answered.exchange.form_value("scope")?;
    match answered.member("scope").and_then(serde_json::Value::as_str) {
        Some(granted) if granted.split(' ').any(|one| one == asked) => None,
        Some(_) => Some("granted with another scope than was asked for, as the response says"),
        None => Some("the scope was passed over, and the response does not say which one it is"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::staged::{redeemed, refused};
    use super::TAMPER;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome};

    fn granted(scope: Option<&str>) -> Stage {
        let mut body: Value = json!({ "access_token": "a3", "token_type": "Bearer" });
        if let Some(scope) = scope {
            body["scope"] = json!(scope);
        }
        redeemed("Bearer").renewed().refreshed_wrongly(TAMPER, 200, body).sent(
            "POST",
            "https://issuer.example/token",
            &[],
            "refresh_token=r2&scope=more",
        )
    }

    #[test]
    fn more_is_refused() {
        assert_holds(&super::CHECK, &refused(TAMPER, 400, "invalid_scope"));
        assert_outcome(&super::CHECK, &refused(TAMPER, 400, "invalid_grant"), Outcome::Warn);
        assert_outcome(&super::CHECK, &granted(Some("pid more")), Outcome::Fail);
    }

    #[test]
    fn a_server_that_takes_no_notice_is_on_the_safe_side() {
        assert_outcome(&super::CHECK, &granted(None), Outcome::Warn);
        assert_outcome(&super::CHECK, &granted(Some("pid")), Outcome::NotApplicable);
    }
}
