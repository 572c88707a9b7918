//! A request that a server breaks over is one that it did not foresee.

use super::answers;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "http/never-answers-5xx",
    aliases: &[],
    since: "2026.1",
    title: "no request makes the server fail",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc9110#section-15.6"],
    obligation: "no request, however wrong, is answered with a server error",
    doc: "A 5xx says that the fault is the server's. As the answer to a malformed proof or a used \
          code it is mostly an exception that nothing caught: a missing member, a signature that \
          would not parse, a unique index in the database that was violated by a second request. \
          Search the log for the `traceparent` of the exchange, and turn the exception into the \
          error that the protocol has for it. Wallets retry on 5xx, so the failure comes back.",
    judge: Judge::Transcript(never_answers_5xx),
};

fn never_answers_5xx(scene: &Scene<'_>) -> Finding {
    let failed: Vec<_> = answers(scene).filter(|answered| answered.answer.status >= 500).collect();
    let Some(first) = failed.first() else {
        return match answers(scene).next() {
            Some(_) => Finding::Holds,
            None => Finding::Silent("nothing was answered"),
        };
    };
    let tamper = match &first.exchange.tamper {
        Some(tamper) => format!(" to {}", tamper.name),
        None => String::new(),
    };
    let more = match failed.len() {
        1 => String::new(),
        count => format!(", and {} more", count - 1),
    };
    Finding::Breaks(
        Breach::new(
            "no 5xx",
            format!("{} at {}{tamper}{more}", first.answer.status, first.exchange.station),
        )
        .at(failed.iter().map(|answered| answered.exchange.number)),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn a_tamper_that_crashes_the_server_is_named() {
        let refused = Stage::new().tampered("wrong-tx-code", Station::Token, 400, json!({}));
        assert_holds(&super::CHECK, &refused);
        let crashed = refused.tampered("dpop-alg-none", Station::Token, 500, json!({}));
        assert_breaks(&super::CHECK, &crashed, "500 at token to dpop-alg-none");
        assert_outcome(&super::CHECK, &crashed, Outcome::Warn);
    }

    #[test]
    fn what_verifies_a_credential_may_be_somebody_elses() {
        let stage = Stage::new().answer(Station::Nonce, 200, &[], "").answer(
            Station::TypeMetadata,
            502,
            &[],
            "",
        );
        assert_holds(&super::CHECK, &stage);
        assert_outcome(&super::CHECK, &Stage::new(), Outcome::NotTestable);
    }
}
