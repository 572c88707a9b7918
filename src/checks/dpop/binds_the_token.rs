//! A wallet that offers its key wants the token bound to it, and can tell only by the type.

use super::claims;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::protocol::TokenResponse;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "dpop/binds-the-token",
    aliases: &[],
    since: "2026.1",
    title: "a token bought with a proof is bound",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-5"],
    obligation: "a token request with a valid DPoP proof yields a token with the token_type DPoP",
    doc: "`token_type` is how the wallet learns that its token is bound. A server that binds and \
          still says `Bearer` has its own resource refuse the token, since the wallet will send \
          it under the wrong scheme. One that verifies the proof and then issues a plain token is \
          within its rights, unless the client or HAIP demands DPoP; the wallet is then no better \
          off than without, so it is shown as a warning. Look for `token_type` written as a \
          constant.",
    judge: Judge::Answers(Station::Token, binds_the_token),
};

fn binds_the_token(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    if answered.exchange.request.headers.get("dpop").is_none() {
        return Finding::Silent("the request carried no DPoP proof");
    }
    let Some(response) = answered.json.map(TokenResponse::new) else {
        return Finding::Silent("no token was given");
    };
    let (Some(token), Some(token_type)) = (response.access_token(), response.token_type()) else {
        return Finding::Silent("no token was given, or none with a type");
    };
    if response.is_dpop_bound() {
        return Finding::Holds;
    }
    let token_type = shape::quote(token_type);
    let breach = |actual: String| Breach::new("token_type DPoP", actual);
    if is_bound_to_a_key(token) {
        return Finding::Breaks(breach(format!(
            "token_type {token_type} for a token with cnf.jkt"
        )));
    }
    if scene.policy.demands_dpop() {
        return Finding::Breaks(breach(format!("token_type {token_type}")));
    }
    Finding::Warns(
        breach(format!("token_type {token_type}")),
        "an authorization server may issue unbound tokens, although the wallet offered its key",
    )
}

/// Whether the token can be read, and says that it is bound.
fn is_bound_to_a_key(token: &str) -> bool {
    claims::of_jwt(token).is_some_and(|claims| claims.pointer("/cnf/jkt").is_some())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::claims::staged::jwt;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::checks::{Outcome, Policy, Profile, Profiles};
    use crate::transcript::Station;

    fn stage(token: &str, token_type: &str) -> Stage {
        let body = json!({"access_token": token, "token_type": token_type});
        Stage::new().answer_json(Station::Token, 200, body).sent(
            "POST",
            "https://issuer.example/token",
            &[("DPoP", "e30.e30.")],
            "",
        )
    }

    #[test]
    fn the_type_says_dpop_in_any_case() {
        assert_holds(&super::CHECK, &stage("t", "DPoP"));
        assert_holds(&super::CHECK, &stage("t", "dpop"));
    }

    #[test]
    fn bearer_warns_unless_the_token_is_bound_or_dpop_is_demanded() {
        assert_outcome(&super::CHECK, &stage("t", "Bearer"), Outcome::Warn);
        let bound = jwt(&json!({"cnf": {"jkt": "x"}}));
        assert_breaks(&super::CHECK, &stage(&bound, "Bearer"), "with cnf.jkt");
        assert_outcome(&super::CHECK, &stage(&bound, "Bearer"), Outcome::Fail);
        let haip = Policy { profiles: Profiles::of([Profile::Haip]), ..Policy::default() };
        let demanded = stage("t", "Bearer").policy(haip);
        assert_outcome(&super::CHECK, &demanded, Outcome::Fail);
    }

    #[test]
    fn a_request_without_a_proof_shows_nothing() {
        let plain = stage("t", "Bearer").sent("POST", "https://issuer.example/token", &[], "");
        assert_outcome(&super::CHECK, &plain, Outcome::NotTestable);
    }
}
