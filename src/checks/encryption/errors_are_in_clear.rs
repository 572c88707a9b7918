//! An error must be readable also for who got the encryption wrong.

use super::{announces_requests, announces_responses, wanted};
use crate::checks::{Answered, Applies, Breach, Check, Finding, Judge, Level, Scene};
use crate::jose::Jwe;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/errors-are-in-clear",
    aliases: &[],
    since: "2026.3",
    title: "errors are never encrypted",
    level: Level::Must,
    raised_by: &[],
    applies: announces_anything,
    spec: &["vci#credential-request-errors", "vci#deferred-credential-error-response"],
    obligation: "the error response to a credential request, or a deferred one, that is encrypted, or asks for encryption, is not encrypted itself",
    doc: "A filter that encrypts whatever leaves the Credential Endpoint also encrypts its \
          errors. The wallet whose key was the problem cannot read what the problem was.\n\n\
          Encrypt successes only. What errors look like in clear is `credential/errors-are- \
          json`.",
    judge: Judge::Transcript(errors_are_in_clear),
};

fn announces_anything(scene: &Scene<'_>) -> Applies {
    match announces_requests(scene) {
        Applies::Yes => Applies::Yes,
        Applies::No(_) => announces_responses(scene),
    }
}

fn errors_are_in_clear(scene: &Scene<'_>) -> Finding {
    let mut errors = scene.answered().filter(is_refusal_of_an_encrypted_request).peekable();
    if errors.peek().is_none() {
        return Finding::Silent("no encrypted request was refused");
    }
    let encrypted: Vec<u32> = errors
        .filter(|answered| is_encrypted(answered))
        .map(|answered| answered.exchange.number)
        .collect();
    match encrypted.is_empty() {
        true => Finding::Holds,
        false => Finding::Breaks(Breach::new("an error in clear", "a JWE").at(encrypted)),
    }
}

fn is_refusal_of_an_encrypted_request(answered: &Answered<'_>) -> bool {
    let exchange = answered.exchange;
    matches!(exchange.station, Station::Credential | Station::Deferred)
        && !exchange.superseded
        && (400..500).contains(&answered.answer.status)
        && (exchange.request.plaintext.is_some() || wanted(exchange).is_some())
}

fn is_encrypted(answered: &Answered<'_>) -> bool {
    answered.answer.body.text().is_some_and(|text| Jwe::read(text.trim()).is_ok())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::super::staged::{answered, draft, stage};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Received;

    fn refused(body: &str) -> Stage {
        answered(stage(), None, body).last(|exchange| {
            if let Received::Answer(answer) = &mut exchange.received {
                answer.status = 400;
            }
        })
    }

    #[test]
    fn an_encrypted_error_breaks() {
        let error = r#"{"error":"invalid_nonce"}"#;
        assert_holds(&super::CHECK, &refused(error));
        let sealed = draft().seal(error.as_bytes()).unwrap();
        assert_breaks(&super::CHECK, &refused(&sealed), "a JWE");
    }

    #[test]
    fn without_an_error_there_is_nothing_to_see() {
        let stage = answered(stage(), None, "{}");
        assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
    }
}
