//! An impatient wallet is slowed down, not punished.

use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/survives-early-polls",
    aliases: &[],
    since: "2026.3",
    title: "asking too early does not spoil the transaction",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::deferred_endpoint,
    spec: &["vci#credential-response"],
    obligation: "a transaction that was asked for before its interval was over is good all the same afterwards",
    doc: "That the wallet waits for `interval` is a SHOULD, and clocks differ. An issuer that \
          ends the transaction of a wallet that comes early leaves a person without the \
          credential for a second's difference.\n\n\
          Answer `202` again, or `429` with `Retry-After`, and keep the transaction.",
    judge: Judge::Transcript(survives_early_polls),
};

fn survives_early_polls(scene: &Scene<'_>) -> Finding {
    let Some(early) = scene.tampered("early-poll").next() else {
        return Finding::Silent("no request came too early");
    };
    if scene.tampered("early-poll").any(|answered| answered.issues()) {
        return Finding::Holds;
    }
    let number = early.exchange.number;
    let later = scene.answers(Station::Deferred).filter(|one| one.exchange.number > number);
    match later.last() {
        None => Finding::Silent("the wallet did not ask again in time"),
        Some(last) if last.issues() || last.puts_off().is_some() => Finding::Holds,
        Some(last) if last.error_code().as_deref() == Some("invalid_transaction_id") => {
            let expected = "the transaction as good as before";
            let breach = Breach::new(expected, last.summary());
            Finding::Breaks(breach.at([number, last.exchange.number]))
        }
        Some(_) => Finding::Silent("the later request was refused for another reason"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16, body: Value) -> Stage {
        let pending = json!({"transaction_id": "t", "interval": 5});
        let stage = Stage::new().tampered("early-poll", Station::Deferred, 202, pending);
        stage.answer_json(Station::Deferred, status, body)
    }

    #[test]
    fn what_comes_later_holds() {
        assert_holds(&super::CHECK, &stage(200, json!({"credentials": []})));
        let ended = stage(400, json!({"error": "invalid_transaction_id"}));
        assert_breaks(&super::CHECK, &ended, "invalid_transaction_id");
        assert_outcome(&super::CHECK, &ended, Outcome::Warn);
    }
}
