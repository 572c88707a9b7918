//! The status tells a wallet that it has to come again.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::Deferral;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/answers-202",
    aliases: &[],
    since: "2026.3",
    title: "a credential that is put off is announced with 202",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::deferral,
    spec: &["vci#credential-response"],
    obligation: "a credential response with a transaction_id in place of credentials has status 202, and the transaction_id is text",
    doc: "The 202 is what a wallet, a proxy or a log goes by before anybody reads the body. \
          Issuers built from an older draft answer 200 here, and handlers that return an object \
          are answered 201 or 200 by their framework.\n\n\
          Set the status where the transaction is begun. `transaction_id` is a string even where \
          it is the number of a row.",
    judge: Judge::Answers(Station::Credential, answers_202),
};

fn answers_202(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    let is_put_off = answered.json.is_some_and(|json| Deferral::read(json).is_some());
    if !answered.answer.is_success() || !is_put_off {
        return Finding::Silent("nothing was put off");
    }
    if answered.puts_off().is_none_or(str::is_empty) {
        return Finding::breaks("a transaction_id that is text", "a transaction_id that is none");
    }
    let status = answered.answer.status;
    Finding::expect(status == 202, "202", status.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn two_hundred_and_two_holds() {
        let stage = |status, id| {
            let body = json!({"transaction_id": id, "interval": 5});
            Stage::new().answer_json(Station::Credential, status, body)
        };
        assert_holds(&super::CHECK, &stage(202, json!("t")));
        assert_breaks(&super::CHECK, &stage(200, json!("t")), "200");
        assert_outcome(&super::CHECK, &stage(202, json!(7)), Outcome::Fail);
    }
}
