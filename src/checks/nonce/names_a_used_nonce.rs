//! Whether a nonce may come twice is the issuer's choice; how it says no is not.

use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "nonce/names-a-used-nonce",
    aliases: &[],
    since: "2026.3",
    title: "a nonce that was used is taken or refused as invalid_nonce",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::proof_nonces,
    spec: &["vci#key-proof-replay", "vci#credential-request-errors"],
    obligation: "a key proof with a nonce of an earlier request is accepted, or refused with 400 invalid_nonce",
    doc: "A nonce may serve for several proofs and requests until the issuer no longer wants it. From then on a \
          wallet has to learn that a fresh nonce is all that is missing: `invalid_nonce` says so. An issuer \
          that finds the nonce gone and answers `invalid_proof`, or 500 from a unique index, makes wallets \
          give up that had done nothing wrong.",
    judge: Judge::Transcript(names_a_used_nonce),
};

const TAMPER: &str = "proof-used-nonce";

fn names_a_used_nonce(scene: &Scene<'_>) -> Finding {
    let mut tried = scene.tampered(TAMPER);
    let says_something = |status: u16| !matches!(status, 401 | 403 | 429 | 503);
    let Some(answered) = tried.find(|answered| says_something(answered.answer.status)) else {
        return Finding::Silent("no used nonce was sent again");
    };
    let status = answered.answer.status;
    let code = answered.error_code();
    if answered.grants_something() || (status, code.as_deref()) == (400, Some("invalid_nonce")) {
        return Finding::Holds;
    }
    let expected = "a credential, or 400 invalid_nonce";
    Finding::Breaks(Breach::new(expected, answered.summary()).at([answered.exchange.number]))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16, body: Value) -> Stage {
        Stage::new().tampered(super::TAMPER, Station::Credential, status, body)
    }

    #[test]
    fn yes_or_no_in_the_right_words() {
        assert_holds(&super::CHECK, &stage(200, json!({ "credentials": [] })));
        assert_holds(&super::CHECK, &stage(400, json!({ "error": "invalid_nonce" })));
        let other = stage(400, json!({ "error": "invalid_proof" }));
        assert_breaks(&super::CHECK, &other, "400 invalid_proof");
        assert_outcome(&super::CHECK, &other, Outcome::Warn);
        let spent = stage(401, json!({ "error": "invalid_token" }));
        assert_outcome(&super::CHECK, &spent, Outcome::NotTestable);
    }
}
