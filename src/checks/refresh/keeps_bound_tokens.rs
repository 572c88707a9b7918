//! Rotation that goes wrong half-way costs the wallet its token; a key makes it needless.

use super::{before, is_refresh, issues_refresh_tokens};
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Profile, Scene};
use crate::protocol::TokenResponse;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "refresh/keeps-bound-tokens",
    aliases: &[],
    since: "2026.3",
    title: "a refresh token that is bound to a key stays",
    level: Level::Note,
    raised_by: &[Profile::Haip],
    applies: issues_refresh_tokens,
    spec: &["fapi2#section-5.3.2.1"],
    obligation: "a refresh token that is bound to a DPoP key is not replaced when it is used",
    doc: "When the response to a rotating refresh is lost on the way, the wallet still has the old token, \
          and its next attempt looks like theft. A bound token needs no rotation, and FAPI 2.0 therefore \
          tells servers not to rotate unless something extraordinary calls for it. This is only reported, \
          and a warning under HAIP, whose text makes FAPI 2.0 binding: from outside, what is extraordinary cannot be told.",
    judge: Judge::Answers(Station::Token, keeps_bound_tokens),
};

fn keeps_bound_tokens(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let exchange = answered.exchange;
    let (true, Some(used)) = (is_refresh(exchange), exchange.form_value("refresh_token")) else {
        return Finding::Silent("no refresh was asked for");
    };
    if !before(answered, scene).any(|earlier| earlier.is_dpop_bound()) {
        return Finding::Exempt("the refresh token is bound to no key");
    }
    let next = answered.json.and_then(|json| TokenResponse::new(json).refresh_token());
    if next.is_none_or(|next| next == used) {
        return Finding::Holds;
    }
    let expected = "the same refresh_token, or none in the response";
    Finding::Warns(
        Breach::new(expected, "another refresh_token"),
        "extraordinary circumstances may call for a rotation",
    )
}

#[cfg(test)]
mod tests {
    use super::super::staged::{redeemed, response};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::checks::{Outcome, Policy, Profile, Profiles};

    #[test]
    fn rotation_of_bound_tokens_is_noted() {
        let refreshed = |next| redeemed("DPoP").refreshed(200, response("a2", "DPoP", next));
        assert_holds(&super::CHECK, &refreshed(None));
        assert_holds(&super::CHECK, &refreshed(Some("r1")));
        assert_breaks(&super::CHECK, &refreshed(Some("r2")), "another");
        assert_outcome(&super::CHECK, &refreshed(Some("r2")), Outcome::Note);
        let profiles = Profiles::of([Profile::Haip]);
        let haip = refreshed(Some("r2")).policy(Policy { profiles, ..Policy::default() });
        assert_outcome(&super::CHECK, &haip, Outcome::Warn);
        let unbound = redeemed("Bearer").renewed();
        assert_outcome(&super::CHECK, &unbound, Outcome::NotApplicable);
    }
}
