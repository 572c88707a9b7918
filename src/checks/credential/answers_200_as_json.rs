//! Credentials come with 200, and as JSON.

use super::super::served;
use crate::checks::{Answered, Check, Finding, Judge, Level, Requested, Scene, applicability};
use crate::protocol::Deferral;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/answers-200-as-json",
    aliases: &[],
    since: "2026.1",
    title: "issued credentials come with 200 and application/json",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-response"],
    obligation: "a credential response that is not encrypted is JSON with the media type application/json, has status 200 when it carries credentials",
    doc: "The status tells the wallet which answer it has: 200 for credentials, 202 for a \
          `transaction_id`. A framework that answers every POST with `201 Created`, or a handler \
          that returns the credential itself as `application/jwt` or `text/plain`, breaks wallets \
          that go by either.\n\n\
          Set the status and `Content-Type: application/json` in the handler of the Credential \
          Endpoint. Parameters such as `charset` do no harm.",
    judge: Judge::Answers(Station::Credential, answers_200_as_json),
};

fn answers_200_as_json(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let answer = answered.answer;
    if !answer.is_success() {
        return Finding::Silent("nothing was issued");
    }
    let requested = Requested::read(answered.exchange, scene);
    if requested.is_some_and(|request| request.wants_encryption) {
        // How it is labelled is judged where encryption is.
        if answered.json.is_none() {
            return Finding::Exempt("the response is encrypted");
        }
    } else {
        let served = served::is_json_object(answered);
        if served != Finding::Holds {
            return served;
        }
    }
    if answered.json.is_some_and(|json| Deferral::read(json).is_some()) {
        // The status of a deferral is what deferred/answers-202 says.
        return Finding::Holds;
    }
    Finding::expect(answer.status == 200, "200", answer.status.to_string())
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::{Body, Received, Station};
    use serde_json::json;

    #[test]
    fn an_encrypted_response_has_the_same_status() {
        let asks = r#"{"credential_response_encryption":{}}"#;
        let stage = |status, plaintext: Option<&str>| {
            let headers = [("content-type", "application/jwt")];
            Stage::new()
                .answer(Station::Credential, status, &headers, "a.b.c.d.e")
                .sent("POST", "https://issuer.example/credential", &[], asks)
                .last(|exchange| {
                    if let Received::Answer(answer) = &mut exchange.received {
                        answer.plaintext = plaintext.map(Body::from);
                    }
                })
        };
        assert_holds(&super::CHECK, &stage(200, Some(r#"{"credentials":[]}"#)));
        assert_breaks(&super::CHECK, &stage(201, Some(r#"{"credentials":[]}"#)), "201");
        assert_outcome(&super::CHECK, &stage(200, None), Outcome::NotApplicable);
    }

    #[test]
    fn two_hundred_as_json_holds_and_anything_near_it_does_not() {
        let credentials = json!({"credentials": [{"credential": "a~"}]});
        let stage = |status, body| Stage::new().answer_json(Station::Credential, status, body);
        assert_holds(&super::CHECK, &stage(200, credentials.clone()));
        assert_holds(&super::CHECK, &stage(202, json!({"transaction_id": "t", "interval": 5})));
        assert_breaks(&super::CHECK, &stage(201, credentials.clone()), "201");
        let text = |media_type| {
            let headers = [("content-type", media_type)];
            let body = credentials.to_string();
            Stage::new().answer(Station::Credential, 200, &headers, &body)
        };
        assert_holds(&super::CHECK, &text("application/json; charset=utf-8"));
        assert_breaks(&super::CHECK, &text("application/jwt"), "application/jwt");
        assert_breaks(&super::CHECK, &stage(200, json!(["a~"])), "an array");
    }
}
