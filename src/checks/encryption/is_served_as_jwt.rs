//! The media type is how a wallet tells one answer from the other.

use super::{announces_responses, in_message};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/is-served-as-jwt",
    aliases: &[],
    since: "2026.3",
    title: "an encrypted answer is served as application/jwt",
    level: Level::Must,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#encrypted-messages"],
    obligation: "an encrypted credential response has the media type application/jwt",
    doc: "The body is replaced by a JWE and the framework goes on to label it \
          `application/json`, or `text/plain` because it is a string now.\n\n\
          Set `Content-Type: application/jwt` where the answer is encrypted.",
    judge: Judge::Answers(Station::Credential, is_served_as_jwt),
};

fn is_served_as_jwt(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    in_message(answered, |_, _| {
        let found = answered.answer.media_type();
        let actual = found.as_deref().unwrap_or("no Content-Type");
        Finding::expect(actual == "application/jwt", "application/jwt", actual)
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{draft, sent};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use crate::transcript::{Headers, Received};

    #[test]
    fn the_label_is_that_of_a_jwt() {
        assert_holds(&super::CHECK, &sent(&draft()));
        for (media_type, says) in [(Some("application/json"), "json"), (None, "no Content-Type")] {
            let stage = sent(&draft()).last(|exchange| {
                if let Received::Answer(answer) = &mut exchange.received {
                    answer.headers = Headers::default();
                    if let Some(media_type) = media_type {
                        answer.headers.push("content-type", media_type);
                    }
                }
            });
            assert_breaks(&super::CHECK, &stage, says);
        }
    }
}
