//! Direct agreement leaves nothing to wrap.

use super::{announces_responses, in_message};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/key-segment-is-right",
    aliases: &[],
    since: "2026.3",
    title: "the encrypted key is there where a key was wrapped, and only there",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_responses,
    spec: &["rfc7518#section-4.6", "rfc7516#section-7.1"],
    obligation: "the second segment of an encrypted credential response is empty with ECDH-ES, and holds the wrapped key with ECDH-ES+A128KW and its like",
    doc: "With `ECDH-ES` the agreed key encrypts the content itself and the second segment is \
          empty: two dots in a row. Code that was written for `ECDH-ES+A128KW` and only \
          changes the name of the algorithm leaves a key there, and strict libraries refuse \
          the message.\n\n\
          Let the JOSE library put the message together.",
    judge: Judge::Answers(Station::Credential, key_segment_is_right),
};

fn key_segment_is_right(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    in_message(answered, |jwe, wanted| {
        let wraps = match wanted.of_key("alg") {
            Some("ECDH-ES" | "dir") => false,
            Some(name) if name.ends_with("KW") || name.starts_with("RSA") => true,
            _ => return Finding::Silent("the algorithm is not known"),
        };
        let length = jwe.encrypted_key_length();
        let expected = if wraps { "an encrypted key" } else { "an empty second segment" };
        Finding::expect(wraps == (length > 0), expected, format!("{length} octets"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{answered, draft, response, sent, stage};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    #[expect(clippy::unwrap_used, reason = "a test may stop")]
    fn direct_agreement_has_no_encrypted_key() {
        assert_holds(&super::CHECK, &sent(&draft()));
        let text = draft().seal(response().to_string().as_bytes()).unwrap();
        let filled = answered(stage(), None, &text.replace("..", ".AAAA."));
        assert_breaks(&super::CHECK, &filled, "3 octets");
    }
}
