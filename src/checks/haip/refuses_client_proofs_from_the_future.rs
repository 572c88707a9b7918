//! Who can date a proof ahead can keep it for later.

use super::profile;
use crate::checks::client_authentication::INVALID_CLIENT;
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "haip/refuses-client-proofs-from-the-future",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof from the future is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: profile,
    spec: &["fapi2#section-5.3.2.1"],
    obligation: "a proof of an attested client dated more than a minute ahead is refused at the token endpoint",
    doc: "The profile has clocks that are a little fast put up with, and draws the line at a minute. It does so for \
          every JWT that a client signs, so the proof that goes with a client attestation is no other case \
          than a DPoP proof, though another library reads it.\n\n\
          Look at both ends of the window. The proof is dated 90 seconds ahead here.",
    judge: Judge::Refusal(REFUSAL),
};

const REFUSAL: Refusal = Refusal {
    tamper: "client-proof-far-ahead",
    expects: &[INVALID_CLIENT],
    control: Control::Needed,
    leniency: None,
};

#[cfg(test)]
mod tests {
    use super::super::held::asked_for_a_token;
    use super::REFUSAL;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn it_is_refused_and_a_token_warns() {
        assert_holds(&super::CHECK, &asked_for_a_token(REFUSAL.tamper, 400, "invalid_client"));
        assert_breaks(&super::CHECK, &asked_for_a_token(REFUSAL.tamper, 200, ""), "accepted");
        assert_outcome(&super::CHECK, &asked_for_a_token(REFUSAL.tamper, 200, ""), Outcome::Warn);
        assert_outcome(&super::CHECK, &asked_for_a_token(REFUSAL.tamper, 500, ""), Outcome::Warn);
    }
}
