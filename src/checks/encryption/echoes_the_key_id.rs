//! A wallet with many keys finds the right one by its name.

use super::{announces_responses, expect_parameter, in_message};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/echoes-the-key-id",
    aliases: &[],
    since: "2026.3",
    title: "an encrypted answer names the key that it is for",
    level: Level::Must,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#encrypted-messages"],
    obligation: "the kid of an encrypted credential response is that of the key that the wallet sent, where it has one",
    doc: "Libraries leave `kid` out unless told otherwise, or write the thumbprint of the key. \
          A wallet that asks for many credentials at once, each with a key of its own, then \
          has to try them all.\n\n\
          Copy `jwk.kid` into the protected header as it came.",
    judge: Judge::Answers(Station::Credential, echoes_the_key_id),
};

fn echoes_the_key_id(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    in_message(answered, |jwe, wanted| expect_parameter("kid", wanted.of_key("kid"), jwe.key_id()))
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
        other.header.insert("kid".into(), json!("other"));
        assert_breaks(&super::CHECK, &sent(&other), "kid other");
        other.header.shift_remove("kid");
        assert_breaks(&super::CHECK, &sent(&other), "no kid");
    }
}
