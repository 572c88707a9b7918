//! Members of former drafts in a token response are read by old wallets and missed by new ones.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/omits-nonces",
    aliases: &[],
    since: "2026.1",
    title: "a token response has no members of former drafts",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#token-response", "vci#nonce-endpoint"],
    obligation: "a token response does without c_nonce and polling hints, which 1.0 does not define there",
    doc: "Before draft 15 the first `c_nonce` came with the token, and a pending authorization was \
          polled for. A wallet of 1.0 looks at neither: it fetches its nonce from the Nonce \
          Endpoint. Kept beside a Nonce Endpoint the members do no harm; kept in place of one they \
          leave the wallet without a nonce, and every proof is refused. Publish `nonce_endpoint`, \
          then drop them.",
    judge: Judge::Answers(Station::Token, omits_nonces),
};

const FORMER_MEMBERS: [&str; 4] =
    ["c_nonce", "c_nonce_expires_in", "authorization_pending", "interval"];

fn omits_nonces(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if answered.member("access_token").is_none() {
        return Finding::Silent("no token was given");
    }
    let found: Vec<&str> =
        FORMER_MEMBERS.into_iter().filter(|name| answered.member(name).is_some()).collect();
    Finding::expect(found.is_empty(), "no members of drafts before 15", found.join(", "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::token;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn a_nonce_beside_the_token_is_a_remnant() {
        let stage = |body| Stage::new().answer_json(Station::Token, 200, body);
        assert_holds(&super::CHECK, &stage(token("t")));
        let relic = stage(json!({"access_token": "t", "c_nonce": "n", "c_nonce_expires_in": 9}));
        assert_breaks(&super::CHECK, &relic, "c_nonce, c_nonce_expires_in");
        assert_outcome(&super::CHECK, &relic, Outcome::Warn);
    }
}
