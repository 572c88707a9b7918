//! A transaction has one name from beginning to end.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::{Deferral, DeferredRequest};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/keeps-the-transaction-id",
    aliases: &[],
    since: "2026.3",
    title: "a transaction keeps its id",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::deferred_endpoint,
    spec: &["vci#deferred-credential-response"],
    obligation: "an answer that puts a credential off again has the transaction_id of the request",
    doc: "An issuer that draws a new `transaction_id` with each answer leaves a wallet that was \
          interrupted with an id that is no good any more, and one that ignores the new value \
          asks by the old one.\n\n\
          Write the `transaction_id` of the request into the answer.",
    judge: Judge::Answers(Station::Deferred, keeps_the_transaction_id),
};

fn keeps_the_transaction_id(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    let put_off = answered.json.and_then(Deferral::read).and_then(|one| one.transaction_id());
    let Some(id) = put_off.filter(|_| answered.answer.is_success()) else {
        return Finding::Exempt("the credential was there at the first request");
    };
    let sent = answered.exchange.request.said().json();
    let asked = sent.as_ref().and_then(|json| DeferredRequest::new(json).transaction_id());
    match asked {
        None => Finding::Silent("the request cannot be read"),
        Some(asked) => Finding::expect(
            id == asked,
            "the transaction_id of the request",
            "another transaction_id",
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    #[test]
    fn the_same_id_holds() {
        let stage = |id: &str| {
            let body = json!({"transaction_id": id, "interval": 5});
            let url = "https://issuer.example/deferred";
            let stage = Stage::new().answer_json(Station::Deferred, 202, body);
            stage.sent("POST", url, &[], r#"{"transaction_id":"t"}"#)
        };
        assert_holds(&super::CHECK, &stage("t"));
        assert_breaks(&super::CHECK, &stage("u"), "another");
    }
}
