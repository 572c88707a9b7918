//! An access token is the only key to the credential; one that can be guessed is none.

use std::collections::BTreeMap;

use super::redemption::sent_code;
use crate::checks::{Check, Finding, Judge, Level, applicability, guessing};
use crate::transcript::{Run, Station};

pub static CHECK: Check = Check {
    id: "token/access-tokens-are-unguessable",
    aliases: &[],
    since: "2026.1",
    title: "access tokens cannot be guessed",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-10.10"],
    obligation: "no access token can be told from others, and no two codes give the same one",
    doc: "RFC 6749 leaves an attacker a chance of at most 2^-128 to hit a token. Row numbers, time \
          stamps and short hashes are found by trying, and a constant token from a test set-up \
          opens everybody's credentials at once. Take 16 octets or more from the system's \
          generator, or sign the token. The check sees a run's worth of values and leaves slack \
          for UUIDs: it recognises the gross cases and cannot vouch for a generator.",
    judge: Judge::Run(access_tokens_are_unguessable),
};

/// Values with fewer changing bits than this are certainly short of 128.
const SHORT: u32 = 96;

fn access_tokens_are_unguessable(run: &Run) -> Finding {
    let mut codes_of: BTreeMap<String, Vec<Option<String>>> = BTreeMap::new();
    let mut given = 0_usize;
    for exchange in run.transcripts.iter().flat_map(|transcript| transcript.at(Station::Token)) {
        let token = exchange.answer().and_then(|answer| {
            let json = answer.body.json()?;
            Some(json.get("access_token")?.as_str()?.to_owned())
        });
        if let Some(token) = token {
            given += 1;
            let codes = codes_of.entry(token).or_default();
            let code = sent_code(exchange);
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    let expected = "access tokens that cannot be guessed";
    let shared = codes_of.values().map(Vec::len).max().unwrap_or_default();
    if shared > 1 {
        return Finding::breaks(expected, format!("one token for {shared} codes"));
    }
    if given < 3 {
        return Finding::Silent("fewer than three access tokens were seen in the run");
    }
    let distinct: Vec<&str> = codes_of.keys().map(String::as_str).collect();
    if let Some(why) = guessing::foretold(&distinct) {
        return Finding::breaks(expected, why);
    }
    let bits = guessing::changing_bits(&distinct);
    if bits < SHORT {
        return Finding::breaks(expected, format!("only about {bits} bits change"));
    }
    Finding::HoldsAsFar(format!("of {} distinct tokens about {bits} bits change", distinct.len()))
}

#[cfg(test)]
mod tests {
    use super::super::staged::token;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn stage(tokens: &[&str]) -> Stage {
        let numbered = tokens.iter().enumerate();
        numbered.fold(Stage::new(), |stage, (number, value)| {
            stage.redeems(&format!("code-{number}"), 200, token(value))
        })
    }

    #[test]
    fn random_tokens_hold() {
        let random = ["wKI4LT17ac15ES9bw8ac4Q", "f0Jq2nVb7XyZkP3rT9sLmA", "Qh5uD8eGc1WaYv6oNx4iRg"];
        assert_holds(&super::CHECK, &stage(&random));
        let too_few = stage(&["1", "2"]);
        assert_outcome(&super::CHECK, &too_few, Outcome::NotTestable);
    }

    #[test]
    fn constant_counted_and_short_tokens_warn() {
        assert_breaks(&super::CHECK, &stage(&["same", "same"]), "one token for 2 codes");
        let counted = ["access-101", "access-102", "access-103"];
        assert_breaks(&super::CHECK, &stage(&counted), "bits change");
        let short = stage(&["f0Jq2nVb", "Qh5uD8eG", "wKI4LT17"]);
        assert_breaks(&super::CHECK, &short, "48 bits");
        assert_outcome(&super::CHECK, &short, Outcome::Warn);
    }
}
