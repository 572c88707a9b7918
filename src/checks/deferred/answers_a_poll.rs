//! There are three things to say to who asks again.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::DeferredRequest;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/answers-a-poll",
    aliases: &[],
    since: "2026.3",
    title: "who asks again gets credentials, another wait, or a denial",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::deferred_endpoint,
    spec: &["vci#deferred-credential-response", "vci#deferred-credential-error-response"],
    obligation: "a wallet that asks for its own credentials again is answered 200 with credentials, 202 with a transaction_id, or 400 credential_request_denied",
    doc: "Up to draft 15 a credential that was not ready was refused with 400 and \
          `issuance_pending`; 1.0 answers 202 with `transaction_id` and `interval`, so that a \
          wait is no error. Wallets of 1.0 take the refusal for the end of it and never come \
          back.\n\n\
          Answer `202` while the credential is not there, `200` once it is, and \
          `credential_request_denied` where it will never be. What is refused for its access \
          token is another matter, and so is a request that came too early.",
    judge: Judge::Answers(Station::Deferred, answers_a_poll),
};

fn answers_a_poll(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let status = answered.answer.status;
    if matches!(status, 401 | 403 | 429 | 503) {
        return Finding::Silent("the answer is about the token, or the rate");
    }
    if came_after_early_polls(answered, scene) {
        return Finding::Silent("requests that came too early may have slowed it down");
    }
    if was_delivered_to_another(answered, scene) {
        return Finding::Silent("the credentials went to who knew the transaction_id before");
    }
    let expected =
        "200 with credentials, 202 with transaction_id, or 400 credential_request_denied";
    let is_right = match status {
        200 => answered.issues(),
        202 => answered.puts_off().is_some(),
        400 => answered.error_code().as_deref() == Some("credential_request_denied"),
        _ => false,
    };
    let is_old = answered.error_code().as_deref() == Some("issuance_pending");
    let hint = if is_old { ", as in drafts up to 15" } else { "" };
    // What else is wrong with a delivery is told by the checks of credential responses.
    Finding::expect(
        is_right || answered.issues(),
        expected,
        format!("{}{hint}", answered.summary()),
    )
}

/// Whether the wallet had asked too early before, on purpose: what that does is told by
/// `deferred/survives-early-polls`.
fn came_after_early_polls(answered: &Answered<'_>, scene: &Scene<'_>) -> bool {
    scene.tampered("early-poll").any(|early| early.exchange.number < answered.exchange.number)
}

/// Whether a tampered request was given the credentials of the same transaction before: what that
/// counts is told by the check of the tamper.
fn was_delivered_to_another(answered: &Answered<'_>, scene: &Scene<'_>) -> bool {
    let id = |one: &Answered<'_>| {
        let said = one.exchange.request.said().json()?;
        DeferredRequest::new(&said).transaction_id().map(str::to_owned)
    };
    let Some(own) = id(answered) else { return false };
    scene.answered().any(|earlier| {
        let exchange = earlier.exchange;
        exchange.station == Station::Deferred
            && exchange.tamper.is_some()
            && exchange.number < answered.exchange.number
            && earlier.issues()
            && id(&earlier).as_deref() == Some(own.as_str())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn three_answers_hold() {
        let stage = |status, body| Stage::new().answer_json(Station::Deferred, status, body);
        for (status, body) in [
            (200, json!({"credentials": [{"credential": "a~"}]})),
            (202, json!({"transaction_id": "t", "interval": 5})),
            (400, json!({"error": "credential_request_denied"})),
        ] {
            assert_holds(&super::CHECK, &stage(status, body));
        }
        let pending = stage(400, json!({"error": "issuance_pending"}));
        assert_breaks(&super::CHECK, &pending, "drafts up to 15");
        let wrong = stage(200, json!({"transaction_id": "t", "interval": 5}));
        assert_outcome(&super::CHECK, &wrong, Outcome::Fail);
    }

    #[test]
    fn what_another_fetched_is_gone() {
        let asks = |stage: Stage| {
            let body = r#"{"transaction_id":"t"}"#;
            stage.sent("POST", "https://issuer.example/deferred", &[], body)
        };
        let given = json!({"credentials": [{"credential": "a~"}]});
        let gone = json!({"error": "invalid_transaction_id"});
        let fetched = Stage::new().tampered("foreign-transaction", Station::Deferred, 200, given);
        let stage = asks(asks(fetched).answer_json(Station::Deferred, 400, gone.clone()));
        assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
        let alone = asks(Stage::new().answer_json(Station::Deferred, 400, gone));
        assert_outcome(&super::CHECK, &alone, Outcome::Fail);
    }
}
