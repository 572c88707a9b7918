//! A nonce that can be foretold lets proofs be made in advance, and then it proves nothing fresh.

use std::collections::BTreeSet;

use crate::checks::{Breach, Check, Finding, Judge, Level, applicability, guessing};
use crate::transcript::{Run, Station};

pub static CHECK: Check = Check {
    id: "nonce/is-unpredictable",
    aliases: &[],
    since: "2026.1",
    title: "nonces cannot be foretold",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::nonce_endpoint,
    spec: &["vci#nonce-response"],
    obligation: "a new c_nonce cannot be told from those before it",
    doc: "A `c_nonce` shows that a proof was made just now. A counter, a time stamp or a short \
          number can be written into proofs beforehand, by malware that has the key for a minute. \
          Take 16 octets or more from the system's generator, or authenticate what a stateless \
          nonce carries (an HMAC or encryption over its time). Handing out the same value for a \
          while is allowed. The check sees a run's worth of values: it recognises counters, clocks \
          and short values, and cannot vouch for a generator.",
    judge: Judge::Run(is_unpredictable),
};

/// Values with fewer changing bits than this are short enough to speak of.
const SHORT: u32 = 64;

fn is_unpredictable(run: &Run) -> Finding {
    let nonces: Vec<String> = run
        .transcripts
        .iter()
        .flat_map(|transcript| transcript.at(Station::Nonce))
        .filter_map(|exchange| exchange.answer())
        .filter(|answer| answer.is_success())
        .filter_map(|answer| Some(answer.body.json()?.get("c_nonce")?.as_str()?.to_owned()))
        .collect();
    if nonces.len() < 3 {
        return Finding::Silent("fewer than three nonces were seen in the run");
    }
    let distinct: Vec<&str> =
        nonces.iter().map(String::as_str).collect::<BTreeSet<_>>().into_iter().collect();
    let expected = "nonces that cannot be foretold";
    if let Some(why) = guessing::foretold(&distinct) {
        return Finding::breaks(expected, why);
    }
    let bits = guessing::changing_bits(&distinct);
    if bits < SHORT {
        return Finding::Warns(
            Breach::new(expected, format!("only about {bits} bits change")),
            "the text asks for unpredictable nonces and names no length",
        );
    }
    Finding::HoldsAsFar(format!(
        "{} answers gave {} distinct nonces, of which about {bits} bits change",
        nonces.len(),
        distinct.len(),
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(nonces: &[&str]) -> Stage {
        nonces.iter().fold(Stage::new(), |stage, nonce| {
            stage.answer_json(Station::Nonce, 200, json!({ "c_nonce": nonce }))
        })
    }

    #[test]
    fn random_values_hold_and_repeats_are_allowed() {
        let random = ["wKI4LT17ac15ES9bw8ac4", "f0Jq2nVb7XyZkP3rT9sLm", "Qh5uD8eGc1WaYv6oNx4iR"];
        assert_holds(&super::CHECK, &stage(&random));
        let [first, ..] = random;
        assert_holds(&super::CHECK, &stage(&[first, first, first]));
    }

    #[test]
    fn counters_break_and_short_values_warn() {
        let counter = stage(&["nonce-1", "nonce-2", "nonce-3"]);
        assert_outcome(&super::CHECK, &counter, Outcome::Fail);
        let short = stage(&["f0Jq2nVb", "Qh5uD8eG", "wKI4LT17"]);
        assert_breaks(&super::CHECK, &short, "48 bits");
        assert_outcome(&super::CHECK, &short, Outcome::Warn);
    }

    #[test]
    fn two_values_show_nothing() {
        assert_outcome(&super::CHECK, &stage(&["1", "2"]), Outcome::NotTestable);
    }
}
