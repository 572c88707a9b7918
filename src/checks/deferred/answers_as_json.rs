//! Whoever is told to wait has to be able to read it.

use super::super::served;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/answers-as-json",
    aliases: &[],
    since: "2026.3",
    title: "the deferred endpoint speaks JSON",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::deferred_endpoint,
    spec: &["vci#deferred-credential-response", "vci#credential-request-errors"],
    obligation: "answers of the Deferred Credential Endpoint that put off or refuse with 400 are JSON objects with the media type application/json",
    doc: "A framework that answers errors in a format of its own (`application/problem+json`, \
          HTML), or a handler that writes the text of a JSON document without its type, breaks \
          wallets that go by `Content-Type`. Deliveries are judged with the other credential \
          responses.\n\n\
          Set `Content-Type: application/json` for 202 and 400 alike, and give refusals an \
          `error`.",
    judge: Judge::Transcript(answers_as_json),
};

fn answers_as_json(scene: &Scene<'_>) -> Finding {
    let mut finding = Finding::Exempt("the credential was there at the first request");
    for answered in scene.answered().filter(is_spoken_of) {
        let found = served::is_json_object(&answered);
        let breach = match found {
            Finding::Breaks(breach) => breach,
            _ if answered.answer.status == 400 && answered.error_code().is_none() => {
                Breach::new("an error code in the body", answered.summary())
            }
            _ => {
                finding = Finding::Holds;
                continue;
            }
        };
        return Finding::Breaks(breach.at([answered.exchange.number]));
    }
    finding
}

/// Refusals and deferrals. A challenge is about the token, and needs no body.
fn is_spoken_of(answered: &Answered<'_>) -> bool {
    let exchange = answered.exchange;
    let is_encrypted = answered.answer.media_type().as_deref() == Some("application/jwt");
    exchange.station == Station::Deferred
        && !exchange.superseded
        && matches!(answered.answer.status, 202 | 400)
        && answered.answer.headers.get("www-authenticate").is_none()
        && !(is_encrypted && answered.answer.status == 202)
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    #[test]
    fn json_holds_and_text_does_not() {
        let stage = |status, media_type, body: &str| {
            let headers = [("content-type", media_type)];
            Stage::new().answer(Station::Deferred, status, &headers, body)
        };
        let pending = r#"{"transaction_id":"t","interval":5}"#;
        assert_holds(&super::CHECK, &stage(202, "application/json", pending));
        assert_breaks(&super::CHECK, &stage(202, "text/plain", pending), "text/plain");
        let refused = r#"{"error":"invalid_transaction_id"}"#;
        assert_holds(&super::CHECK, &stage(400, "application/json", refused));
        assert_breaks(&super::CHECK, &stage(400, "application/json", "{}"), "400");
    }
}
