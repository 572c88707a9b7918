//! People mistype. One slip must not cost them the offer.

use super::redemption::{redemptions, yields_token};
use super::with_tx_code;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene};

pub static CHECK: Check = Check {
    id: "token/survives-wrong-tx-code",
    aliases: &[],
    since: "2026.1",
    title: "a wrong Transaction Code leaves the right one usable",
    level: Level::Derived,
    raised_by: &[],
    applies: with_tx_code,
    spec: &["vci#security-considerations-pre-authz-code"],
    obligation: "after a wrong tx_code the right one still redeems the code",
    doc: "A code that dies with the first wrong Transaction Code sends everyone who mistypes back \
          to the counter, and lets anyone who has seen the QR code destroy the offer. It happens \
          where the code is consumed when it is looked up, before the Transaction Code is \
          compared: consume it together with the success, in one transaction. Do limit the number \
          of tries, to a handful rather than one.",
    judge: Judge::Transcript(survives_wrong_tx_code),
};

const TAMPER: &str = "wrong-tx-code";

fn survives_wrong_tx_code(scene: &Scene<'_>) -> Finding {
    let mut survived = false;
    let mut uncertain = false;
    for redemption in redemptions(scene) {
        // A code that met a nonce challenge may have died of that: another check's affair.
        let challenged = redemption.attempts.iter().any(Answered::asks_for_a_dpop_nonce);
        let mut attempts =
            redemption.attempts.iter().filter(|attempt| !attempt.exchange.superseded);
        let Some(slip) = attempts.find(|attempt| {
            attempt.exchange.is_tampered_by(TAMPER)
                && (400..500).contains(&attempt.answer.status)
                && attempt.answer.status != 429
                && !yields_token(attempt)
        }) else {
            continue;
        };
        let redeemed_before =
            redemption.successes().any(|success| success.exchange.number < slip.exchange.number);
        let Some(right) = attempts.find(|attempt| decides(attempt)) else {
            continue;
        };
        if redeemed_before {
            continue;
        }
        if yields_token(right) {
            survived = true;
            continue;
        }
        if challenged || right.error_code().as_deref() == Some("invalid_client") {
            uncertain |= challenged;
            continue;
        }
        let tampers: Vec<&str> = redemption
            .attempts
            .iter()
            .filter(|attempt| attempt.exchange.number < right.exchange.number)
            .filter_map(|attempt| Some(attempt.exchange.tamper.as_ref()?.name.as_str()))
            .collect();
        return Finding::Breaks(
            Breach::new(
                "a token for the right Transaction Code",
                format!("{} after {}", right.summary(), tampers.join(", ")),
            )
            .at([slip.exchange.number, right.exchange.number]),
        );
    }
    match (survived, uncertain) {
        (true, _) => Finding::Holds,
        (false, true) => Finding::Exempt("the code may have died of a nonce challenge before"),
        (false, false) => Finding::Silent("no code was redeemed after a wrong Transaction Code"),
    }
}

/// Whether the answer to an untampered request tells if the code is alive.
fn decides(attempt: &Answered<'_>) -> bool {
    attempt.exchange.tamper.is_none()
        && (yields_token(attempt)
            || ((400..500).contains(&attempt.answer.status) && attempt.answer.status != 429))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::staged::token;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn dead() -> Value {
        json!({"error": "invalid_grant"})
    }

    fn slip(code: &str) -> Stage {
        Stage::new().redeems(code, 400, dead()).tampered_by("wrong-tx-code")
    }

    #[test]
    fn the_right_code_works_after_a_slip() {
        assert_holds(&super::CHECK, &slip("c").redeems("c", 200, token("t")));
        let died = slip("c").redeems("c", 400, dead());
        assert_breaks(&super::CHECK, &died, "400 invalid_grant after wrong-tx-code");
        assert_outcome(&super::CHECK, &died, Outcome::Warn);
    }

    #[test]
    fn another_code_or_a_code_used_before_shows_nothing() {
        let other = slip("c").redeems("d", 200, token("t"));
        assert_outcome(&super::CHECK, &other, Outcome::NotTestable);
        let used = Stage::new()
            .redeems("c", 200, token("t"))
            .redeems("c", 400, dead())
            .tampered_by("wrong-tx-code")
            .redeems("c", 400, dead());
        assert_outcome(&super::CHECK, &used, Outcome::NotTestable);
    }
}
