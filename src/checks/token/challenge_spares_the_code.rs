//! A request that failed for want of a nonce has not redeemed anything.

use super::redemption::{redemptions, yields_token};
use crate::checks::{Applies, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::{Exchange, Station};

pub static CHECK: Check = Check {
    id: "token/challenge-spares-the-code",
    aliases: &[],
    since: "2026.1",
    title: "a nonce challenge leaves the code usable",
    level: Level::Derived,
    raised_by: &[],
    applies: where_token_requests_are_challenged,
    spec: &["rfc9449#section-8"],
    obligation: "a code that met a use_dpop_nonce challenge is redeemed by the retry",
    doc: "A server that asks for a DPoP nonce refuses the first request on purpose and expects the \
          same one again. If the code is consumed before the proof is checked, the retry meets \
          `invalid_grant`, and no wallet ever gets a token in its first conversation with that \
          server. Check the proof and its nonce first, and consume the code last.",
    judge: Judge::Transcript(challenge_spares_the_code),
};

fn where_token_requests_are_challenged(scene: &Scene<'_>) -> Applies {
    if let Applies::No(reason) = applicability::dpop_nonce_challenge(scene) {
        return Applies::No(reason);
    }
    let mut answers = scene.answered().filter(|one| one.exchange.station == Station::Token);
    let unknown = scene.transcript.at(Station::Token).next().is_none();
    Applies::when(
        unknown || answers.any(|answered| answered.asks_for_a_dpop_nonce()),
        "no token request met a challenge for a DPoP nonce",
    )
}

fn challenge_spares_the_code(scene: &Scene<'_>) -> Finding {
    let (mut spared, mut may_be_the_users) = (false, false);
    for redemption in redemptions(scene) {
        // What raced, was tampered with or came later than those may be dead for another reason.
        let mut alone = redemption.attempts.iter().take_while(|attempt| {
            attempt.exchange.tamper.is_none() && attempt.exchange.racer.is_none()
        });
        let Some(challenge) =
            alone.find(|attempt| attempt.exchange.superseded && attempt.asks_for_a_dpop_nonce())
        else {
            continue;
        };
        let wallet = &challenge.exchange.wallet;
        let Some(retry) = alone
            .find(|attempt| !attempt.exchange.superseded && attempt.exchange.wallet == *wallet)
        else {
            continue;
        };
        if yields_token(retry) {
            spared = true;
        } else if retry.error_code().as_deref() == Some("invalid_grant") {
            if sends_a_users_code(retry.exchange) {
                may_be_the_users = true;
                continue;
            }
            return Finding::Breaks(
                Breach::new("a token for the retry with the nonce", retry.summary())
                    .at([challenge.exchange.number, retry.exchange.number]),
            );
        }
    }
    if spared {
        Finding::Holds
    } else if may_be_the_users {
        Finding::Exempt(
            "the retry has a transaction code, and a wrong one is refused with invalid_grant too",
        )
    } else {
        Finding::Silent("no request for a token met a nonce challenge and was repeated")
    }
}

/// Whether a code of the user's goes along, as 1.0 or as drafts until 12 call it.
fn sends_a_users_code(exchange: &Exchange) -> bool {
    ["tx_code", "user_pin"].iter().any(|name| exchange.form_value(name).is_some())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::token;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn challenged() -> Stage {
        Stage::new()
            .redeems("c", 400, json!({"error": "use_dpop_nonce"}))
            .last(|exchange| exchange.superseded = true)
    }

    #[test]
    fn the_retry_gets_the_token() {
        assert_holds(&super::CHECK, &challenged().redeems("c", 200, token("t")));
        let burned = challenged().redeems("c", 400, json!({"error": "invalid_grant"}));
        assert_breaks(&super::CHECK, &burned, "400 invalid_grant");
        assert_outcome(&super::CHECK, &burned, Outcome::Warn);
    }

    #[test]
    fn a_transaction_code_may_be_what_is_wrong() {
        let burned = || challenged().redeems("c", 400, json!({"error": "invalid_grant"}));
        for name in ["tx_code", "user_pin"] {
            let coded = burned().last(|exchange| {
                let form = exchange.request.body.text().unwrap_or_default();
                exchange.request.body = format!("{form}&{name}=000000").into();
            });
            assert_outcome(&super::CHECK, &coded, Outcome::NotApplicable);
            let plain = coded
                .redeems("d", 400, json!({"error": "use_dpop_nonce"}))
                .last(|exchange| exchange.superseded = true)
                .redeems("d", 400, json!({"error": "invalid_grant"}));
            assert_breaks(&super::CHECK, &plain, "400 invalid_grant");
        }
    }

    #[test]
    fn a_code_that_died_before_or_no_challenge_shows_nothing() {
        let tampered = Stage::new()
            .redeems("c", 400, json!({"error": "invalid_grant"}))
            .tampered_by("wrong-tx-code")
            .redeems("c", 400, json!({"error": "use_dpop_nonce"}))
            .last(|exchange| exchange.superseded = true)
            .redeems("c", 400, json!({"error": "invalid_grant"}));
        assert_outcome(&super::CHECK, &tampered, Outcome::NotTestable);
        let unchallenged = Stage::new().redeems("c", 200, token("t"));
        assert_outcome(&super::CHECK, &unchallenged, Outcome::NotApplicable);
    }
}
