//! Who can date a proof ahead can keep it for later.

use super::profile_by_the_clock;
use crate::checks::client_authentication::{INVALID_CLIENT, under_a_challenge};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "haip/refuses-client-proofs-from-the-future",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof from the future is refused",
    level: Level::Must,
    raised_by: &[],
    applies: |scene| profile_by_the_clock(scene, -25..=25),
    spec: &["haip#section-4", "fapi2#section-5.3.2.1"],
    obligation: "a proof of an attested client dated more than a minute ahead is refused at the token endpoint",
    doc: "The profile has clocks that are a little fast put up with, and draws the line at a minute. It does so for \
          every JWT that a client signs, so the proof that goes with a client attestation is no other case \
          than a DPoP proof, though another library reads it.\n\n\
          Look at both ends of the window. A server that gives challenges may take the time from its challenge; \
          there, accepting only warns. The proof is dated 90 seconds ahead here; where the \
          server's own clock is far from ours, or unknown, it is not judged.",
    judge: Judge::Refusal(REFUSAL),
};

const REFUSAL: Refusal = Refusal {
    tamper: "client-proof-far-ahead",
    expects: &[INVALID_CLIENT],
    control: Control::Needed,
    leniency: Some(under_a_challenge),
};

#[cfg(test)]
mod tests {
    use super::super::held::{asked_for_a_token, dated};
    use super::REFUSAL;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn it_is_refused_and_no_token_is_given() {
        assert_holds(&super::CHECK, &asked_for_a_token(REFUSAL.tamper, 400, "invalid_client"));
        assert_breaks(&super::CHECK, &asked_for_a_token(REFUSAL.tamper, 200, ""), "accepted");
        assert_outcome(&super::CHECK, &asked_for_a_token(REFUSAL.tamper, 200, ""), Outcome::Fail);
        assert_outcome(&super::CHECK, &asked_for_a_token(REFUSAL.tamper, 500, ""), Outcome::Fail);
    }

    #[test]
    fn a_server_whose_clock_is_far_ahead_saw_another_date() {
        let taken = asked_for_a_token(REFUSAL.tamper, 200, "");
        assert_outcome(&super::CHECK, &dated(taken.clone(), 20), Outcome::Fail);
        assert_outcome(&super::CHECK, &dated(taken, 40), Outcome::NotApplicable);
    }
}
