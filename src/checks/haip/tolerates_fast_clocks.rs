//! No two clocks agree, and the wallet's is often the one that is ahead.

use super::profile_by_the_clock;
use crate::checks::{Acceptance, Check, Judge, Level};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/tolerates-fast-clocks",
    aliases: &[],
    since: "2026.3",
    title: "proofs a few seconds from the future are accepted",
    level: Level::Must,
    raised_by: &[],
    applies: |scene| profile_by_the_clock(scene, -1..=5),
    spec: &["haip#section-4", "fapi2#section-5.3.2.1"],
    obligation: "a token request whose proofs are dated eight seconds ahead is granted",
    doc: "The profile wants a clock that is up to ten seconds fast put up with. Servers that compare \
          `iat` with their own time to the second refuse wallets at random, and nobody can say \
          why, for the next attempt works.\n\n\
          Allow for ten seconds at the least in whatever verifies DPoP proofs and the proofs of \
          attested clients. Libraries call it leeway, skew or tolerance, and many begin with none. \
          Where the server's own clock is seconds from ours, or unknown, it is not judged.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "clock-slightly-fast",
        stations: &[Station::Token],
    }),
};

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, ToSpan as _};
    use serde_json::{Value, json};

    use super::super::held::{assert_concerns_nobody_else, dated, to_haip};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn answered(status: u16, body: Value) -> Stage {
        let token = json!({"access_token": "t", "token_type": "DPoP"});
        let stage = Stage::new().tampered("clock-slightly-fast", Station::Token, status, body);
        dated(stage.answer_json(Station::Token, 200, token), 0)
    }

    #[test]
    fn a_token_is_wanted_all_the_same() {
        assert_holds(&super::CHECK, &to_haip(answered(200, json!({"access_token": "t"}))));
        let refused = answered(400, json!({"error": "invalid_dpop_proof"}));
        assert_breaks(&super::CHECK, &to_haip(refused.clone()), "invalid_dpop_proof");
        assert_outcome(&super::CHECK, &to_haip(refused.clone()), Outcome::Fail);
        assert_concerns_nobody_else(&super::CHECK, &refused);
    }

    #[test]
    fn a_server_whose_clock_is_behind_saw_another_date() {
        let refused = to_haip(answered(400, json!({"error": "invalid_dpop_proof"})));
        let ahead = dated(refused.clone(), 5);
        assert_outcome(&super::CHECK, &ahead, Outcome::Fail);
        let behind =
            refused.last(|exchange| exchange.request.at = Timestamp::UNIX_EPOCH + 5.seconds());
        assert_outcome(&super::CHECK, &dated(behind, 0), Outcome::NotApplicable);
    }
}
