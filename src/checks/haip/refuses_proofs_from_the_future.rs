//! A proof that is dated ahead is good for longer than it should be.

use super::profile_by_the_clock;
use crate::checks::dpop::AT_TOKEN;
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "haip/refuses-proofs-from-the-future",
    aliases: &[],
    since: "2026.3",
    title: "a DPoP proof from the future is refused",
    level: Level::Must,
    raised_by: &[],
    applies: |scene| profile_by_the_clock(scene, -25..=25),
    spec: &["haip#section-4", "fapi2#section-5.3.2.1"],
    obligation: "a DPoP proof dated more than a minute ahead is refused at the token endpoint",
    doc: "The profile has clocks that are a little fast put up with, and draws the line at a minute: a proof from \
          further ahead was made to be used later. Libraries that only look at the age of a proof let it \
          through, since its age is negative.\n\n\
          Look at both ends of the window. The proof is dated 90 seconds ahead here; where the \
          server's own clock is far from ours, or unknown, it is not judged.",
    judge: Judge::Refusal(REFUSAL),
};

const REFUSAL: Refusal = Refusal {
    tamper: "dpop-far-ahead",
    expects: &[AT_TOKEN],
    control: Control::Needed,
    leniency: None,
};

#[cfg(test)]
mod tests {
    use super::super::held::{asked_for_a_token, dated};
    use super::REFUSAL;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn it_is_refused_and_no_token_is_given() {
        assert_holds(&super::CHECK, &asked_for_a_token(REFUSAL.tamper, 400, "invalid_dpop_proof"));
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
