//! The content encryption is the wallet's choice.

use super::{announces_responses, expect_parameter, in_message};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/uses-the-enc-asked-for",
    aliases: &[],
    since: "2026.3",
    title: "an encrypted answer uses the content encryption that was asked for",
    level: Level::Must,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#credential-request", "vci#encrypted-messages"],
    obligation: "the enc of an encrypted credential response is the enc that the wallet asked for",
    doc: "The encryption is a constant in the code, or the default of the library. Wallets \
          that speak only one cannot open the other, and those that speak both have been given \
          less than they asked for.\n\n\
          Pass `credential_response_encryption.enc` on to the library, after it was compared \
          with `enc_values_supported`.",
    judge: Judge::Answers(Station::Credential, uses_the_enc_asked_for),
};

fn uses_the_enc_asked_for(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    in_message(answered, |jwe, wanted| {
        expect_parameter("enc", wanted.content_encryption(), jwe.content_encryption())
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
        other.header.insert("enc".into(), json!("other"));
        assert_breaks(&super::CHECK, &sent(&other), "enc other");
        other.header.shift_remove("enc");
        assert_breaks(&super::CHECK, &sent(&other), "no enc");
    }
}
