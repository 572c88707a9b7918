//! The algorithm is that of the key.

use super::{announces_responses, expect_parameter, in_message};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/uses-the-algorithm-of-the-key",
    aliases: &[],
    since: "2026.3",
    title: "an encrypted answer uses the algorithm of the wallet's key",
    level: Level::Must,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#encrypted-messages"],
    obligation: "the alg of an encrypted credential response is the alg of the key that the wallet sent",
    doc: "The algorithm is taken from the configuration instead of the key: fine until a \
          wallet brings another key. Up to draft 15 it stood beside the key in \
          `credential_response_encryption.alg`; now it stands in `jwk.alg`.\n\n\
          Hand the JWK to your JOSE library with its `alg`, and let that decide.",
    judge: Judge::Answers(Station::Credential, uses_the_algorithm_of_the_key),
};

fn uses_the_algorithm_of_the_key(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    in_message(answered, |jwe, wanted| {
        expect_parameter("alg", wanted.of_key("alg"), jwe.algorithm())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::{draft, sent};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn the_header_repeats_what_was_wanted() {
        assert_holds(&super::CHECK, &sent(&draft()));
        let mut other = draft();
        other.header.insert("alg".into(), json!("other"));
        assert_breaks(&super::CHECK, &sent(&other), "alg other");
        other.header.shift_remove("alg");
        assert_breaks(&super::CHECK, &sent(&other), "no alg");
    }
}
