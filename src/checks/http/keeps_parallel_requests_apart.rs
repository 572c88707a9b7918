//! Requests at the same time are as good as one after the other.

use std::collections::HashSet;

use crate::checks::issued::proved_keys;
use crate::checks::proves_nothing::is_throttled;
use crate::checks::{
    Answered, Breach, Check, Finding, Issued, Judge, Level, Requested, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "http/keeps-parallel-requests-apart",
    aliases: &[],
    since: "2026.3",
    title: "requests at the same time do not get into each other's way",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#section-14.3"],
    obligation: "of credential requests made side by side with one access token, none gets a credential for the key of another, and none a server error",
    doc: "A wallet that takes up three configurations of an offer asks for them at once. Issuers that keep the request at hand \
          with the session, rather than with the request, bind the first credential to the key of the second, and \
          database transactions that meet break with a 500.\n\n\
          Keep nothing between a request and its answer but in the request itself, and let the row of the session be \
          locked, or written again. That only one request of several is granted is in order.",
    judge: Judge::Transcript(keeps_parallel_requests_apart),
};

fn keeps_parallel_requests_apart(scene: &Scene<'_>) -> Finding {
    let racers: Vec<Answered<'_>> = side_by_side(scene);
    if racers.is_empty() {
        return Finding::Silent("no requests were made side by side with one token");
    }
    let expected = "an answer as to a request by itself";
    if let Some(failed) = racers.iter().find(|one| one.answer.status >= 500 && !is_throttled(one)) {
        let breach = Breach::new(expected, failed.summary());
        return Finding::Breaks(breach.at([failed.exchange.number]));
    }
    let asked: Vec<HashSet<String>> = racers.iter().map(|one| keys_of(one, scene)).collect();
    let mut granted = 0_usize;
    for (one, own) in racers.iter().zip(&asked) {
        let Some(issued) = issued_to(one, scene) else { continue };
        granted += 1;
        let is_of_another =
            |key: &String| !own.contains(key) && asked.iter().any(|keys| keys.contains(key));
        let mut keys = issued.readable().filter_map(|(_, opened)| opened.holder_key());
        if keys.any(|key| is_of_another(&key)) {
            let breach = Breach::new(expected, "a credential for the key of another request");
            return Finding::Breaks(breach.at([issued.exchange]));
        }
    }
    match granted {
        0 => Finding::Exempt("none of the requests got credentials"),
        _ => Finding::HoldsAsFar(format!("{granted} of {} requests were granted", racers.len())),
    }
}

/// What a request was granted, at once or later.
fn issued_to<'s>(racer: &Answered<'s>, scene: &'s Scene<'_>) -> Option<&'s Issued> {
    scene.issued_by(racer).or_else(|| scene.issued_by(&scene.delivery(racer)?))
}

/// The thumbprints of the keys that a request proved, whether it was granted or not.
fn keys_of(racer: &Answered<'_>, scene: &Scene<'_>) -> HashSet<String> {
    let requested = Requested::read(racer.exchange, scene);
    let keys = requested.as_ref().map(proved_keys).unwrap_or_default();
    keys.into_iter().flatten().collect()
}

/// The answers to requests that were released together with the same token.
fn side_by_side<'s>(scene: &'s Scene<'_>) -> Vec<Answered<'s>> {
    let racers = scene.answers(Station::Credential).filter(|one| one.exchange.racer.is_some());
    let racers: Vec<Answered<'s>> = racers.collect();
    let has_company = |one: &Answered<'_>| {
        racers.iter().any(|other| {
            other.exchange.racer != one.exchange.racer
                && other.exchange.access_token() == one.exchange.access_token()
        })
    };
    racers.iter().filter(|one| has_company(one)).copied().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, respond};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::{Body, Headers, Received, Station};

    fn racing(stage: Stage, number: u32) -> Stage {
        stage.last(|exchange| {
            exchange.racer = Some(number);
            exchange.request.headers = Headers(vec![("authorization".into(), "Bearer t".into())]);
        })
    }

    #[test]
    fn keys_that_stay_with_their_requests_hold() {
        let first = racing(respond(Stage::new(), &[Paper::honest(1).text()], 1), 1);
        assert_outcome(&super::CHECK, &first, Outcome::NotTestable);
        let second = respond(first, &[Paper::honest(1).text(), Paper::honest(2).text()], 2);
        assert_holds(&super::CHECK, &racing(second, 2));
    }

    #[test]
    fn a_crash_and_the_key_of_another_warn() {
        let first = racing(respond(Stage::new(), &[Paper::honest(2).text()], 1), 1);
        let mixed = racing(respond(first.clone(), &[Paper::honest(1).text()], 2), 2);
        assert_breaks(&super::CHECK, &mixed, "the key of another");
        let crashed = first.answer_json(Station::Credential, 500, json!({}));
        assert_breaks(&super::CHECK, &racing(crashed, 2), "500");
    }

    #[test]
    fn one_grant_of_several_is_in_order_if_it_is_for_its_own_key() {
        let first = racing(respond(Stage::new(), &[Paper::honest(1).text()], 1), 1);
        let refused = refused_beside(first);
        assert_holds(&super::CHECK, &refused);
        let mixed = racing(respond(Stage::new(), &[Paper::honest(2).text()], 1), 1);
        assert_breaks(&super::CHECK, &refused_beside(mixed), "the key of another");
    }

    #[test]
    fn without_a_grant_there_is_nothing_to_compare() {
        let refused = Stage::new().answer_json(Station::Credential, 400, json!({ "error": "x" }));
        let stage = refused_beside(racing(refused, 1));
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }

    /// A second request beside the first, with proofs of keys 1 and 2 and refused.
    fn refused_beside(stage: Stage) -> Stage {
        let asked = respond(stage, &[Paper::honest(1).text(), Paper::honest(2).text()], 2);
        let refused = asked.last(|exchange| {
            if let Received::Answer(answer) = &mut exchange.received {
                answer.status = 400;
                answer.body = Body::from(r#"{"error":"x"}"#);
            }
        });
        racing(refused, 2)
    }
}
