//! A nonce that a cache hands out twice is no nonce.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, served};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "nonce/is-uncacheable",
    aliases: &[],
    since: "2026.1",
    title: "a nonce response is not cacheable",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::nonce_endpoint,
    spec: &["vci#nonce-response"],
    obligation: "a nonce response carries Cache-Control with no-store",
    doc: "A response without `no-store` may be stored by any proxy on the way, and the next wallet \
          is then given a `c_nonce` that another wallet has used up. Its proofs fail with \
          `invalid_nonce`, at random and only behind that proxy.\n\n\
          Set `Cache-Control: no-store` in the handler of the Nonce Endpoint itself. `no-cache` is \
          not enough: it allows storing.",
    judge: Judge::Answers(Station::Nonce, is_uncacheable),
};

fn is_uncacheable(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !answered.answer.is_success() {
        return Finding::Silent("no nonce was given");
    }
    served::is_uncacheable(answered)
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    #[test]
    fn no_store_holds_and_no_cache_does_not() {
        let stage = |value: &str| {
            Stage::new().answer(
                Station::Nonce,
                200,
                &[("cache-control", value)],
                r#"{"c_nonce":"n"}"#,
            )
        };
        assert_holds(&super::CHECK, &stage("no-store"));
        assert_breaks(&super::CHECK, &stage("no-cache"), "no-cache");
    }
}
