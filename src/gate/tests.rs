//! What a snapshot holds and what it does not, and what counts as drift.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Shapes, SnapshotError, drift};
use crate::checks::Outcome;
use crate::jose::base64url;
use crate::report::{Problem, staging};
use crate::transcript::{Body, Ending, Received, Run, redact};

/// The staged run with another answer in one exchange of its first scenario.
fn answering(mut run: Run, exchange: usize, body: &Value) -> Run {
    let exchange = run.transcripts[0].exchanges.get_mut(exchange);
    if let Some(Received::Answer(answer)) = exchange.map(|exchange| &mut exchange.received) {
        answer.body = Body::from(body.to_string());
    }
    run
}

fn token(expires_in: u32) -> Value {
    json!({ "access_token": staging::TOKEN, "token_type": "DPoP", "expires_in": expires_in })
}

fn problems(recorded: &Run, now: &Run) -> Vec<Problem> {
    let recorded = Shapes::of(recorded).complete();
    drift(&recorded, &Shapes::of(now), &redact(now).transcripts).problems
}

fn names(problems: &[Problem]) -> Vec<&str> {
    problems.iter().filter_map(|problem| problem.name.as_deref()).collect()
}

#[test]
fn what_is_written_is_read_back() {
    let shapes = Shapes::of(&answering(staging::run(), 0, &token(300))).complete();
    let text = shapes.to_toml();
    assert!(text.contains("expires_in = 300"), "{text}");
    assert!(text.contains("credential_issuer = \"https://issuer.example\""), "{text}");
    // Two scenarios have two different token answers, numbered in the file.
    assert!(text.contains("[shapes.\"token (2)\"]"), "{text}");
    let read = Shapes::read(&text).unwrap_or_else(|error| unreachable!("{error}"));
    assert_eq!(read.to_toml(), text);
    assert!(drift(&read, &shapes, &[]).problems.is_empty());
}

#[test]
fn a_file_that_is_no_snapshot_says_so() {
    assert!(matches!(Shapes::read("x ="), Err(SnapshotError::Toml(_))));
    assert!(matches!(Shapes::read("snapshot = 2"), Err(SnapshotError::Version { .. })));
    let dangling = "snapshot = 1\n[scenarios]\n\"a/b\" = [\"token\"]";
    assert!(matches!(Shapes::read(dangling), Err(SnapshotError::Missing { .. })));
}

#[test]
fn a_change_is_told_once_with_both_sides_and_its_place() {
    let (recorded, now) = (token(300), token(600));
    let recorded = answering(staging::run(), 0, &recorded);
    let problems = problems(&recorded, &answering(staging::run(), 0, &now));
    assert_eq!(names(&problems), ["drift/token"]);
    let problem = &problems[0];
    assert_eq!(problem.outcome, Outcome::Drift);
    assert_eq!(problem.actual.as_deref(), Some("expires_in was 300, is 600"));
    assert_eq!(problem.places[0].exchanges[0].path, "/token");
}

#[test]
fn what_a_halted_wallet_did_not_get_to_is_no_further_drift() {
    let mut halted = answering(staging::run(), 0, &json!({ "error": "invalid_grant" }));
    halted.transcripts[0].exchanges.truncate(1);
    halted.transcripts[0].ending = Ending::Stopped { step: 1, why: "no token".into() };
    assert_eq!(names(&problems(&staging::run(), &halted)), ["drift/token"]);
    // To the end, and yet without the credential: that is a change of its own.
    halted.transcripts[0].ending = Ending::Completed;
    let names_of = problems(&staging::run(), &halted);
    assert_eq!(names(&names_of), ["drift/token", "drift/nonce", "drift/credential"]);
}

#[test]
fn a_snapshot_of_which_nothing_was_run_is_red() {
    let mut silent = staging::run();
    for transcript in &mut silent.transcripts {
        transcript.ending = Ending::Failed { why: "connection refused".into() };
    }
    let problems = problems(&staging::run(), &silent);
    assert_eq!(names(&problems), ["drift/nothing-to-compare"]);
    assert!(problems[0].outcome.is_red());
}

/// An SD-JWT that says a secret wherever it can.
fn credential(secret: &str) -> String {
    let part = |json: Value| base64url::encode(json.to_string());
    let header = part(json!({ "alg": "ES256", "typ": secret, "kid": secret }));
    let payload = part(json!({
        "vct": format!("urn:{secret}"), "iss": secret, "family_name": secret,
        "cnf": { secret: 1 }, "status": { secret: secret }, secret: { "a": [secret] },
    }));
    format!("{header}.{payload}.AAAA~{}~", part(json!(["salt", "given_name", secret])))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_secret_is_written_wherever_an_issuer_puts_it(secret in "[A-Za-z0-9_-]{12,48}") {
        let answer = json!({
            "access_token": secret, "token_type": secret, "error": secret, "scope": secret,
            "type": secret, "interval": secret, "credential_configuration_ids": [secret],
            "c_nonce": secret, secret.as_str(): { secret.as_str(): [secret, 1, null] },
        });
        let run = answering(staging::run(), 0, &answer);
        let issued = json!({ "credentials": [{ "credential": credential(&secret) }] });
        let mut run = answering(run, 2, &issued);
        if let Some(Received::Answer(answer)) =
            run.transcripts[0].exchanges.get_mut(2).map(|exchange| &mut exchange.received)
        {
            answer.headers.push("cache-control", secret.as_str());
            answer.headers.push("www-authenticate", secret.as_str());
        }
        let text = Shapes::of(&run).to_toml();
        prop_assert!(!text.contains(&secret), "{}", text);
        prop_assert!(text.contains("<opaque>") && text.contains("family_name"), "{}", text);
    }
}
