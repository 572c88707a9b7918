//! A lifetime beside the nonce is a habit from the drafts, and wallets no longer read it.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "nonce/states-no-lifetime",
    aliases: &[],
    since: "2026.1",
    title: "a nonce response has no c_nonce_expires_in",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::nonce_endpoint,
    spec: &["vci#nonce-response"],
    obligation: "a nonce response does without c_nonce_expires_in, which 1.0 does not define",
    doc: "`c_nonce_expires_in` belonged to drafts before 15. A wallet of 1.0 uses a nonce until it \
          is answered with `invalid_nonce`, and then fetches another. An issuer that relies on \
          wallets to honour the lifetime will see proofs with expired nonces; drop the member and \
          make sure that an expired nonce is refused with `invalid_nonce`.",
    judge: Judge::Answers(Station::Nonce, states_no_lifetime),
};

fn states_no_lifetime(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !answered.answer.is_success() {
        return Finding::Silent("no nonce was given");
    }
    match answered.member("c_nonce_expires_in") {
        Some(lifetime) => Finding::breaks(
            "no c_nonce_expires_in",
            format!("c_nonce_expires_in is {}", shape::describe(Some(lifetime))),
        ),
        None => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn a_lifetime_is_a_remnant() {
        let stage = |body| Stage::new().answer_json(Station::Nonce, 200, body);
        assert_holds(&super::CHECK, &stage(json!({"c_nonce": "n"})));
        let relic = stage(json!({"c_nonce": "n", "c_nonce_expires_in": 86400}));
        assert_breaks(&super::CHECK, &relic, "86400");
        assert_outcome(&super::CHECK, &relic, Outcome::Warn);
    }
}
