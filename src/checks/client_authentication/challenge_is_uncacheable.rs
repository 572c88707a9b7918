//! A challenge is for one wallet.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, served};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "client-authentication/challenge-is-uncacheable",
    aliases: &[],
    since: "2026.3",
    title: "challenges must not be cached",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::challenge_endpoint,
    spec: &["abca#section-8"],
    obligation: "a challenge response carries Cache-Control with no-store",
    doc: "A cache that keeps a challenge gives the same one to every wallet, and a \
          server that takes each only once refuses all but the first.\n\n\
          Set `Cache-Control: no-store` where the answer is made, and see that \
          gateways let it stand.",
    judge: Judge::Answers(Station::Challenge, challenge_is_uncacheable),
};

fn challenge_is_uncacheable(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !answered.answer.is_success() {
        return Finding::Silent("no challenge was given");
    }
    served::is_uncacheable(answered)
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    #[test]
    fn no_store_holds_and_anything_else_breaks() {
        let answer = |headers: &[(&str, &str)]| {
            Stage::new().answer(
                Station::Challenge,
                200,
                headers,
                r#"{"attestation_challenge":"c"}"#,
            )
        };
        assert_holds(&super::CHECK, &answer(&[("cache-control", "private, no-store")]));
        assert_breaks(&super::CHECK, &answer(&[("cache-control", "no-cache")]), "no-cache");
        assert_breaks(&super::CHECK, &answer(&[]), "no Cache-Control");
    }
}
