//! A wallet that waits for days may have another key by then, or none.

use super::decrypts_to_the_response::key as key_of;
use super::{announces_responses, message, wanted};
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene};
use crate::jose::Jwe;
use crate::protocol::WantedEncryption;
use crate::transcript::{Exchange, Station};

pub static CHECK: Check = Check {
    id: "encryption/goes-by-the-deferred-request",
    aliases: &[],
    since: "2026.3",
    title: "a deferred answer is encrypted as the deferred request asks",
    level: Level::Must,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#deferred-credential-request", "vci#deferred-credential-response"],
    obligation: "a deferred credential response is encrypted for the key of the deferred request, and is in clear where that brings none, whatever the credential request had asked for",
    doc: "The key for the answer belongs to one request. Issuers that keep the first one with the \
          transaction encrypt the credential for a key that the wallet may have thrown away, or \
          encrypt what nobody asked to be encrypted.\n\n\
          Keep of a credential request what is to be issued, and to whom; how the answer goes out \
          is for each request to say.",
    judge: Judge::Transcript(goes_by_the_deferred_request),
};

fn goes_by_the_deferred_request(scene: &Scene<'_>) -> Finding {
    let mut finding = Finding::Silent("no deferred answer shows whose wishes count");
    let granted = scene.answered().filter(|answered| {
        let exchange = answered.exchange;
        exchange.station == Station::Deferred
            && !exchange.superseded
            && answered.answer.is_success()
    });
    for answered in granted {
        match of_one(&answered, scene) {
            Some(Finding::Breaks(breach)) => {
                return Finding::Breaks(breach.at([answered.exchange.number]));
            }
            Some(found) => finding = found,
            None => {}
        }
    }
    finding
}

/// Nothing where an answer does not show it. That one was left in clear is another check's affair.
fn of_one(answered: &Answered<'_>, scene: &Scene<'_>) -> Option<Finding> {
    let first = scene.first_request(answered.exchange)?;
    match (wanted(answered.exchange), message(answered)) {
        (None, Some(_)) => {
            let actual = "an encrypted answer to a request that asks for none";
            Some(Finding::Breaks(Breach::new("an answer in clear", actual)))
        }
        (None, None) => wanted(first).map(|_| Finding::Holds),
        (Some(_), None) => None,
        (Some(_), Some(jwe)) if opens(&jwe, answered.exchange, scene) => Some(Finding::Holds),
        (Some(_), Some(jwe)) => opens(&jwe, first, scene).then(|| {
            let expected = "an answer for the key of the deferred request";
            Finding::Breaks(Breach::new(expected, "one for the key of the credential request"))
        }),
    }
}

/// Whether a message is for the key that a request brought.
fn opens(jwe: &Jwe, request: &Exchange, scene: &Scene<'_>) -> bool {
    let wanted = wanted(request);
    let key = wanted.as_ref().map(WantedEncryption::new);
    let key = key.and_then(|wanted| key_of(request, wanted, scene));
    key.is_some_and(|key| jwe.open(&key).is_ok())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::staged::{draft, response, stage, wish};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    const URL: &str = "https://issuer.example/deferred";

    /// A credential that was put off, and the answer to the request that fetches it.
    fn fetched(request: &Value, answer: &str) -> Stage {
        let first = json!({"credential_response_encryption": wish()});
        let pending = json!({"transaction_id": "t"});
        stage()
            .answer_json(Station::Credential, 202, pending)
            .sent("POST", "https://issuer.example/credential", &[], &first.to_string())
            .answer(Station::Deferred, 200, &[], answer)
            .sent("POST", URL, &[], &request.to_string())
    }

    #[test]
    fn what_nobody_asked_for_breaks() {
        let plain = json!({"transaction_id": "t"});
        assert_holds(&super::CHECK, &fetched(&plain, &response().to_string()));
        let sealed = draft().seal(response().to_string().as_bytes()).unwrap_or_default();
        assert_breaks(&super::CHECK, &fetched(&plain, &sealed), "asks for none");
    }

    #[test]
    fn the_key_of_the_request_counts() {
        let sealed = draft().seal(response().to_string().as_bytes()).unwrap_or_default();
        let same = json!({"transaction_id": "t", "credential_response_encryption": wish()});
        assert_holds(&super::CHECK, &fetched(&same, &sealed));
        let mut other = same;
        other["credential_response_encryption"]["jwk"]["kid"] = json!("k-2");
        assert_breaks(&super::CHECK, &fetched(&other, &sealed), "the credential request");
    }
}
