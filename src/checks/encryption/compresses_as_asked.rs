//! Compression before encryption tells an observer something of the content, so the wallet decides.

use super::{announces_responses, in_message};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/compresses-as-asked",
    aliases: &[],
    since: "2026.3",
    title: "an encrypted answer is compressed when the wallet asked for that, and else never",
    level: Level::Must,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#credential-request", "vci#encrypted-messages"],
    obligation: "an encrypted credential response has the zip that the wallet asked for, and none where it asked for none",
    doc: "Some libraries compress by default, and wallets without a decompressor cannot read \
          the answer. The other way round, `zip` is read, accepted and forgotten.\n\n\
          Pass `credential_response_encryption.zip` on to the library, and nothing where it is \
          absent.",
    judge: Judge::Answers(Station::Credential, compresses_as_asked),
};

fn compresses_as_asked(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    in_message(answered, |jwe, wanted| {
        let told = |zip: Option<&str>| match zip {
            Some(zip) => format!("zip {zip}"),
            None => "no zip".to_owned(),
        };
        let (asked, found) = (wanted.compression(), jwe.compression());
        Finding::expect(asked == found, told(asked), told(found))
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{answered, draft, response, sent, stage};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    #[expect(clippy::unwrap_used, reason = "a test may stop")]
    fn the_answer_is_compressed_if_and_only_if_asked() {
        let seal =
            |draft: crate::jose::JweDraft| draft.seal(response().to_string().as_bytes()).unwrap();
        assert_holds(&super::CHECK, &sent(&draft()));
        assert_breaks(&super::CHECK, &sent(&draft().compressed()), "zip DEF");
        let asked = answered(stage(), Some("DEF"), &seal(draft().compressed()));
        assert_holds(&super::CHECK, &asked);
        assert_breaks(&super::CHECK, &answered(stage(), Some("DEF"), &seal(draft())), "no zip");
    }
}
