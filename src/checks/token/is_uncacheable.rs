//! A token that a proxy keeps is a token that somebody else may be given.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, served};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/is-uncacheable",
    aliases: &[],
    since: "2026.1",
    title: "a token response is not cacheable",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-5.1"],
    obligation: "a response with a token carries Cache-Control with no-store",
    doc: "Answers to POST are rarely cached, but gateways and debugging proxies do keep them, and \
          the header is what tells them not to. Set `Cache-Control: no-store` where the token is \
          written, not in a filter that other deployments may lack. `private` and `no-cache` both \
          allow storing. `Pragma: no-cache`, which RFC 6749 also asks for, means nothing to the \
          caches of today and is not judged.",
    judge: Judge::Answers(Station::Token, is_uncacheable),
};

fn is_uncacheable(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if answered.member("access_token").is_none() {
        return Finding::Silent("no token was given");
    }
    served::is_uncacheable(answered)
}

#[cfg(test)]
mod tests {
    use super::super::staged::token;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    #[test]
    fn no_store_holds_and_private_does_not() {
        let stage = |headers: &[(&str, &str)]| {
            Stage::new().answer(Station::Token, 200, headers, &token("t").to_string())
        };
        assert_holds(&super::CHECK, &stage(&[("Cache-Control", "no-store")]));
        assert_breaks(&super::CHECK, &stage(&[("Cache-Control", "private")]), "private");
        assert_breaks(&super::CHECK, &stage(&[]), "no Cache-Control");
    }
}
