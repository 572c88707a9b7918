//! An ephemeral key that stays is no ephemeral key.

use std::collections::HashMap;

use super::{announces_responses, message, wanted};
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/ephemeral-keys-are-fresh",
    aliases: &[],
    since: "2026.3",
    title: "every encrypted answer has an ephemeral key of its own",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_responses,
    spec: &["rfc7518#section-4.6"],
    obligation: "no two encrypted credential responses have the same ephemeral key",
    doc: "The issuer makes one key pair at start and uses it for every agreement. Then a \
          wallet that sends the same key twice is answered under the same content key, and \
          whoever gets the issuer's one key reads everything that was ever sent.\n\n\
          Let the JOSE library make the ephemeral key; never hand it one.",
    judge: Judge::Transcript(ephemeral_keys_are_fresh),
};

fn ephemeral_keys_are_fresh(scene: &Scene<'_>) -> Finding {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let encrypted = scene.answered().filter(|answered| {
        answered.exchange.station == Station::Credential && wanted(answered.exchange).is_some()
    });
    for answered in encrypted {
        let key = message(&answered).and_then(|jwe| jwe.ephemeral_key());
        let Some(thumbprint) = key.and_then(|key| key.thumbprint().ok()) else { continue };
        let number = answered.exchange.number;
        if let Some(earlier) = seen.insert(thumbprint, number) {
            let breach = Breach::new("another epk in each answer", "the same epk in two answers");
            return Finding::Breaks(breach.at([earlier, number]));
        }
    }
    match seen.len() {
        0 | 1 => Finding::Silent("there are no two encrypted answers to compare"),
        count => Finding::HoldsAsFar(format!("{count} answers were compared")),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::super::staged::{answered, draft, response, sent, stage};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn the_same_key_twice_breaks() {
        let seal = || draft().seal(response().to_string().as_bytes()).unwrap();
        let two = answered(answered(stage(), None, &seal()), None, &seal());
        assert_holds(&super::CHECK, &two);
        let text = seal();
        let same = answered(answered(stage(), None, &text), None, &text);
        assert_breaks(&super::CHECK, &same, "the same epk");
    }

    #[test]
    fn one_answer_shows_nothing() {
        let stage = sent(&draft());
        assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
    }
}
