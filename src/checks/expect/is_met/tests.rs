//! What a script expects, met and not met, in the words that a report has for it.

#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};

use super::*;
use crate::checks::judge as judge_all;
use crate::checks::staging::Stage;
use crate::checks::staging::credentials::{Paper, issued};
use crate::transcript::{Expectation, Skipped, Station};

fn expecting(mut stage: Stage, station: Station, tampers: &[&str], expect: Value) -> Stage {
    let expect: Expectation = serde_json::from_value(expect).unwrap();
    stage.transcript().expectations.push(StepExpectation {
        step: 1,
        station,
        wallet: "holder".into(),
        tampers: tampers.iter().map(|name| (*name).to_owned()).collect(),
        until: false,
        expect,
    });
    stage
}

fn verdicts(stage: &Stage) -> Vec<Verdict> {
    let verdicts = judge_all(&stage.run, &stage.policy).verdicts;
    verdicts.into_iter().filter(|verdict| verdict.check == EXPECTATION.id).collect()
}

/// What is not as expected: expected and actual.
fn unmet(stage: &Stage) -> Vec<(String, String)> {
    let failed = verdicts(stage).into_iter().filter(|one| one.outcome == Outcome::Fail);
    failed.map(|one| (one.expected.unwrap(), one.actual.unwrap())).collect()
}

fn told(unmet: &[(String, String)]) -> Vec<(&str, &str)> {
    unmet.iter().map(|(expected, actual)| (expected.as_str(), actual.as_str())).collect()
}

fn token() -> Stage {
    let body = json!({ "access_token": "secret-token", "token_type": "DPoP", "expires_in": 300 });
    Stage::new().answer_json(Station::Token, 200, body)
}

#[test]
fn an_answer_is_as_expected() {
    let expect = json!({
        "status": [200, "3xx"],
        "media_type": "application/json",
        "headers": { "Cache-Control": "no-store", "set-cookie": false, "content-type": "*" },
        "body": { "access_token": "*", "token_type": "DPoP", "expires_in": 300.0 },
        "absent": ["refresh_token"]
    });
    let stage = expecting(token(), Station::Token, &[], expect);
    let verdicts = verdicts(&stage);
    assert_eq!(verdicts.len(), 1);
    assert_eq!(verdicts[0].outcome, Outcome::Pass);
    assert_eq!(
        (verdicts[0].name(), &verdicts[0].exchanges),
        ("expect/is-met@token#1".into(), &vec![1])
    );
}

#[test]
fn each_thing_that_is_not_as_expected_is_told_by_itself() {
    let expect = json!({
        "status": 201,
        "error": ["invalid_grant", "invalid_request"],
        "media_type": "text/html",
        "headers": { "cache-control": false, "x-a": "b" },
        "body": { "token_type": "Bearer", "scope": "*" },
        "absent": ["expires_in"]
    });
    let unmet = unmet(&expecting(token(), Station::Token, &[], expect));
    assert_eq!(
        told(&unmet),
        [
            ("status 201", "status 200 with access_token, token_type, expires_in"),
            ("error invalid_grant or invalid_request", "no error code"),
            ("media type text/html", "media type application/json"),
            ("no header cache-control", "header cache-control: no-store"),
            ("header x-a: b", "no header x-a"),
            ("token_type is \"Bearer\"", "token_type is \"DPoP\""),
            ("scope is any value", "no scope"),
            ("no expires_in", "expires_in is 300"),
        ]
    );
}

#[test]
fn a_refusal_of_each_tamper_is_weighed() {
    let refused = json!({ "error": "invalid_grant" });
    let stage = Stage::new().tampered("a", Station::Token, 400, refused.clone()).tampered(
        "b",
        Station::Token,
        500,
        refused,
    );
    let expect = json!({ "status": 400, "error": "invalid_grant" });
    let stage = expecting(stage, Station::Token, &["a", "b"], expect);
    let found = unmet(&stage);
    assert_eq!(told(&found), [("status 400", "status 500 invalid_grant")]);
    assert_eq!(verdicts(&stage)[0].exchanges, [2]);
}

#[test]
fn what_never_took_place_is_never_green() {
    let expect = || json!({ "status": 400 });
    let outcome = |stage: &Stage| verdicts(stage)[0].outcome;
    let silent = expecting(Stage::new(), Station::Token, &[], expect());
    assert_eq!(outcome(&silent), Outcome::NotTestable);
    let mut skipped = expecting(token(), Station::Token, &["a"], expect());
    skipped.transcript().skipped.push(Skipped { tamper: "a".into(), why: "no tx_code".into() });
    assert_eq!(outcome(&skipped), Outcome::NotTestable);
    assert!(verdicts(&skipped)[0].because.as_ref().unwrap().contains("no tx_code"));
    let mut halted = expecting(token(), Station::Token, &[], json!({ "status": 200 }));
    halted.transcript().ending = Ending::Stopped { step: 2, why: "no credentials".into() };
    let told = verdicts(&halted);
    assert_eq!((told[0].outcome, told[1].outcome), (Outcome::Pass, Outcome::NotTestable));
    assert_eq!(told[1].name(), "expect/is-met#2");
    let mut not_run = expecting(Stage::new(), Station::Token, &[], expect());
    not_run.transcript().ending = Ending::NotRun { why: "no offer source".into() };
    assert_eq!(outcome(&not_run), Outcome::NotRun);
    let mut left_out = expecting(token(), Station::Token, &[], expect());
    left_out.policy.exclude = vec!["expect/*".into()];
    assert_eq!(outcome(&left_out), Outcome::NotRun);
}

fn credential(expect: Value) -> Vec<(String, String)> {
    let paper = Paper::honest(1)
        .claim("address", json!({ "locality": "Köln" }))
        .claim("nationalities", json!(["DE", "SE"]));
    let stage = issued(&[paper]);
    let mut stage = expecting(stage, Station::Credential, &[], json!({ "credential": expect }));
    stage.transcript().expectations[0].step =
        stage.run.transcripts[0].exchanges.last().unwrap().step;
    unmet(&stage)
}

#[test]
fn a_credential_is_as_expected() {
    let met = credential(json!({
        "count": 1,
        "format": "dc+sd-jwt",
        "vct": "https://issuer.example/vct/pid",
        "claims": { "address.locality": "Köln", "nationalities[0]": "DE", "nationalities[*]": "SE" },
        "absent": ["ssn", "nationalities[2]"],
        "valid_for": { "at_least": "29d", "at_most": "30d" },
        "status": false
    }));
    assert_eq!(told(&met), []);
}

#[test]
fn a_credential_is_told_claim_by_claim_and_by_types_only() {
    let found = credential(json!({
        "count": 2,
        "format": "mso_mdoc",
        "vct": "https://issuer.example/vct/other",
        "claims": { "address.locality": "Bonn", "name": "*" },
        "absent": ["nationalities[*]"],
        "valid_for": { "at_least": "1y", "at_most": "1d" },
        "display": "PID",
        "status": true
    }));
    assert_eq!(
        told(&found),
        [
            ("2 credentials", "1 credential (200 with credentials)"),
            ("display name PID", "no display name"),
            ("format mso_mdoc", "format dc+sd-jwt"),
            ("vct https://issuer.example/vct/other", "vct https://issuer.example/vct/pid"),
            ("claim address.locality is \"Bonn\"", "claim address.locality is \"Köln\""),
            ("claim name is any value", "no claim name"),
            ("no claim nationalities[*]", "claim nationalities[*] is \"DE\", \"SE\""),
            ("valid for at least 1y", "valid for 29d"),
            ("valid for at most 1d", "valid for 29d"),
            ("a status claim", "no status claim"),
        ]
    );
}

#[test]
fn a_report_tells_the_types_of_claims() {
    let stage = issued(&[Paper::honest(1).claim("code", json!("DE"))]);
    let expect = json!({ "credential": { "claims": { "code": "SE", "iss": false } } });
    let mut stage = expecting(stage, Station::Credential, &[], expect);
    stage.transcript().expectations[0].step =
        stage.run.transcripts[0].exchanges.last().unwrap().step;
    let redactor = crate::transcript::Redactor::of(&stage.run);
    let verdict = &verdicts(&stage)[0];
    let actual = redactor.conceal(verdict.actual.as_deref().unwrap(), &verdict.claims);
    assert_eq!(actual, "claim code is <string>");
    assert_eq!(verdict.expected.as_deref(), Some("claim code is \"SE\""));
}

#[test]
fn what_cannot_be_read_does_not_show_that_something_is_absent() {
    let answered = |body: &str| {
        let stage =
            Stage::new().answer(Station::Token, 502, &[("content-type", "text/html")], body);
        expecting(stage, Station::Token, &[], json!({ "absent": ["refresh_token"] }))
    };
    let found = unmet(&answered("<h1>Bad Gateway</h1>"));
    assert_eq!(told(&found), [("no refresh_token", "a body that is no JSON")]);
    assert!(unmet(&answered("")).is_empty());
}
