//! A pre-authorized code is a bearer instrument: whoever redeems it first has it, and then it is gone.

use std::collections::BTreeSet;

use super::redemption::{Redemption, redemptions, yields_token};
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/redeems-a-code-once",
    aliases: &[],
    since: "2026.1",
    title: "a code is redeemed once",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-offer-parameters", "vci#token-error-response"],
    obligation: "a pre-authorized code yields one token, and is refused with 400 invalid_grant after that",
    doc: "Two tokens for one code are two credentials for one entitlement, the second perhaps in a \
          stranger's wallet. One after another they show that the code is not marked as used. At \
          the same time they show a gap between reading and marking: two requests both find the \
          code unused. Consume it in one atomic step (`DELETE … RETURNING`, `UPDATE … WHERE used = \
          false` and a look at the row count, `GETDEL`), and answer the loser with \
          `invalid_grant`. A lock in the process does not help once there are two replicas.",
    judge: Judge::Transcript(redeems_a_code_once),
};

const TAMPER: &str = "redeem-again";

fn redeems_a_code_once(scene: &Scene<'_>) -> Finding {
    let redemptions = redemptions(scene);
    if let Some(breach) =
        redemptions.iter().find_map(|redemption| redeemed_twice(redemption, scene))
    {
        return Finding::Breaks(breach);
    }
    let mut once = false;
    let mut warning = None;
    for again in redemptions.iter().flat_map(second_attempts) {
        match refusal(again) {
            Finding::Breaks(breach) => return Finding::Breaks(breach),
            Finding::Holds => once = true,
            Finding::Silent(_) => {}
            other => warning = Some(other),
        }
    }
    if let Some(warning) = warning {
        return warning;
    }
    let rounds: Vec<usize> = redemptions
        .iter()
        .filter(|redemption| redemption.successes().next().is_some())
        .map(racers)
        .filter(|racers| *racers > 1)
        .collect();
    match (rounds.iter().max(), once) {
        (Some(most), _) => Finding::HoldsAsFar(format!(
            "not observed in {} of {most} simultaneous requests",
            match rounds.len() {
                1 => "1 round".to_owned(),
                many => format!("{many} rounds"),
            }
        )),
        (None, true) => Finding::Holds,
        (None, false) => Finding::Silent("no code was redeemed and then tried again"),
    }
}

/// The breach, if a code was answered with more than one token.
fn redeemed_twice(redemption: &Redemption<'_>, scene: &Scene<'_>) -> Option<Breach> {
    let successes: Vec<&Answered<'_>> = redemption.successes().collect();
    if successes.len() < 2 {
        return None;
    }
    let racing = match racers(redemption) {
        0 | 1 => "one after another".to_owned(),
        racers => format!("from {racers} simultaneous requests"),
    };
    let served = successes.iter().filter(|success| is_served(success, scene)).count();
    let actual = format!(
        "{} access tokens for one code, {racing}; {served} of them also got a credential",
        successes.len()
    );
    let numbers = successes.iter().map(|success| success.exchange.number);
    Some(Breach::new("one access token for one code", actual).at(numbers))
}

/// How many requests for the code were released together.
fn racers(redemption: &Redemption<'_>) -> usize {
    let racers: BTreeSet<(u32, u32)> = redemption
        .attempts
        .iter()
        .filter_map(|attempt| Some((attempt.exchange.step, attempt.exchange.racer?)))
        .collect();
    racers.len()
}

/// Whether the token of an answer was good for a credential.
fn is_served(success: &Answered<'_>, scene: &Scene<'_>) -> bool {
    let Some(token) = success.member("access_token").and_then(|token| token.as_str()) else {
        return false;
    };
    scene.answered().any(|answered| {
        answered.exchange.station == Station::Credential
            && answered.exchange.access_token() == Some(token)
            && answered.grants_something()
    })
}

/// The final answers to requests that tried a code again after it was redeemed. A loser of a race
/// is not one of them: it set out before anybody had won.
fn second_attempts<'r, 's>(
    redemption: &'r Redemption<'s>,
) -> impl Iterator<Item = &'r Answered<'s>> + use<'r, 's> {
    let redeemed = redemption.successes().map(|success| success.exchange.number).min();
    redemption.attempts.iter().filter(move |attempt| {
        attempt.exchange.is_tampered_by(TAMPER)
            && attempt.exchange.racer.is_none()
            && !attempt.exchange.superseded
            && !yields_token(attempt)
            && redeemed.is_some_and(|number| number < attempt.exchange.number)
    })
}

/// How the refusal of a used code stands to what the text fixes.
fn refusal(again: &Answered<'_>) -> Finding {
    let code = again.error_code();
    let breach = Breach::new("400 invalid_grant for a used code", again.summary())
        .at([again.exchange.number]);
    match (again.answer.status, code.as_deref()) {
        (400, Some("invalid_grant")) => Finding::Holds,
        (429, _) => Finding::Silent("the issuer throttled the second attempt"),
        (400..=499, Some("use_dpop_nonce" | "invalid_dpop_proof")) => {
            Finding::Warns(breach, "the proof was refused before the code was looked at")
        }
        _ => Finding::Breaks(breach),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::staged::token;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn error(code: &str) -> Value {
        json!({ "error": code })
    }

    fn again(status: u16, body: Value) -> Stage {
        Stage::new()
            .redeems("c", 200, token("t"))
            .redeems("c", status, body)
            .tampered_by("redeem-again")
    }

    fn race(winners: &[u32]) -> Stage {
        (1..=4).fold(Stage::new(), |stage, racer| {
            let stage = match winners.contains(&racer) {
                true => stage.redeems("c", 200, token(&format!("t{racer}"))),
                false => stage.redeems("c", 400, error("invalid_grant")),
            };
            stage.last(|exchange| exchange.racer = Some(racer))
        })
    }

    #[test]
    fn a_used_code_is_an_invalid_grant() {
        assert_holds(&super::CHECK, &again(400, error("invalid_grant")));
        for (status, code) in [(400, "invalid_request"), (404, "invalid_grant"), (500, "")] {
            let stage = again(status, error(code));
            assert_outcome(&super::CHECK, &stage, Outcome::Fail);
        }
        let unread = again(400, error("use_dpop_nonce"));
        assert_outcome(&super::CHECK, &unread, Outcome::Warn);
        let twice = again(200, token("u"));
        assert_breaks(&super::CHECK, &twice, "2 access tokens for one code, one after another");
    }

    #[test]
    fn a_race_has_one_winner() {
        assert_holds(&super::CHECK, &race(&[3]));
        let bound = race(&[3]).verdicts(&super::CHECK);
        let because = bound.first().and_then(|verdict| verdict.because.as_deref());
        assert_eq!(because, Some("not observed in 1 round of 4 simultaneous requests"));
        assert_outcome(&super::CHECK, &race(&[]), Outcome::NotTestable);
    }

    #[test]
    fn two_winners_are_counted_with_what_they_got() {
        let stage =
            race(&[1, 4]).answer_json(Station::Credential, 200, json!({"credentials": [{}]})).sent(
                "POST",
                "https://issuer.example/credential",
                &[("Authorization", "DPoP t4")],
                "{}",
            );
        assert_breaks(
            &super::CHECK,
            &stage,
            "2 access tokens for one code, from 4 simultaneous requests; 1 of them also got",
        );
    }

    #[test]
    fn a_refusal_without_a_success_before_shows_nothing() {
        let stage =
            Stage::new().redeems("c", 400, error("invalid_grant")).tampered_by("redeem-again");
        assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
    }
}
