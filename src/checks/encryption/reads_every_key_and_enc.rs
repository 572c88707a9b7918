//! What is published is what wallets use.

use std::collections::HashSet;

use super::announces_requests;
use crate::checks::proves_nothing::is_throttled;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene};
use crate::jose::Jwe;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/reads-every-key-and-enc",
    aliases: &[],
    since: "2026.3",
    title: "requests can be encrypted with every published key and content encryption",
    level: Level::Must,
    raised_by: &[],
    applies: announces_requests,
    spec: &["vci#encrypted-messages", "vci#credential-issuer-parameters"],
    obligation: "a credential request that is encrypted for any published key with any announced content encryption is read",
    doc: "Keys are rotated in the metadata and not in the service that decrypts, or the \
          service takes the first key of its list whatever `kid` says. A list of content \
          encryptions that was copied from a library's documentation names some that the code \
          does not have.\n\n\
          Fill `jwks` and `enc_values_supported` from what the decrypting service really has. \
          Wallets may choose any of them.",
    judge: Judge::Transcript(reads_every_key_and_enc),
};

fn reads_every_key_and_enc(scene: &Scene<'_>) -> Finding {
    let (mut read, mut unread) = (HashSet::new(), Vec::new());
    for answered in scene.answers(Station::Credential) {
        let exchange = answered.exchange;
        let sealed = exchange.request.plaintext.as_ref().and(exchange.request.body.text());
        let Some(jwe) = sealed.and_then(|text| Jwe::read(text).ok()) else { continue };
        let method = (
            jwe.key_id().unwrap_or_default().to_owned(),
            jwe.content_encryption().unwrap_or_default().to_owned(),
        );
        if says_unreadable(&answered) {
            unread.push((method, exchange.number, answered.summary()));
        } else if answered.answer.is_success() {
            read.insert(method);
        }
    }
    match unread.first() {
        Some(((kid, enc), number, summary)) => {
            let expected = format!("{enc} for the key {kid} is read");
            Finding::Breaks(Breach::new(expected, summary.as_str()).at([*number]))
        }
        None if read.is_empty() => Finding::Silent("no encrypted request was granted"),
        None => Finding::HoldsAsFar(format!("{} ways of encrypting were tried", read.len())),
    }
}

/// Whether a refusal can only mean that an honest request could not be decrypted.
fn says_unreadable(answered: &Answered<'_>) -> bool {
    let codes = ["invalid_encryption_parameters", "invalid_credential_request"];
    answered.error_code().is_some_and(|code| codes.contains(&code.as_str()))
        || answered.answer.status >= 500 && !is_throttled(answered)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::json;

    use super::super::staged::{draft, response, stage};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::{Body, Station};

    fn sent(stage: Stage, status: u16, body: serde_json::Value) -> Stage {
        let text = draft().seal(b"{}").unwrap();
        stage
            .answer_json(Station::Credential, status, body)
            .sent("POST", "https://issuer.example/credential", &[], &text)
            .last(|exchange| exchange.request.plaintext = Some(Body::from("{}")))
    }

    #[test]
    fn a_request_that_is_not_read_breaks() {
        let read = sent(stage(), 200, response());
        assert_holds(&super::CHECK, &read);
        let refused = json!({"error": "invalid_encryption_parameters"});
        assert_breaks(&super::CHECK, &sent(read, 400, refused), "400 invalid_encryption");
    }

    #[test]
    fn a_refusal_for_another_reason_says_nothing() {
        let refused = json!({"error": "invalid_nonce"});
        let stage = sent(stage(), 400, refused);
        assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
    }
}
