//! What an answer to a tampered request counts as: once by hand, row by row, and once for every
//! check there is, whose own file then only tests what is special about it.

use serde_json::{Value, json};

use super::{CodeIn, Control, Expectation, Refusal, weigh};
use crate::checks::judge::counts_as;
use crate::checks::staging::Stage;
use crate::checks::{self, Applies, Check, Finding, Judge, Outcome, Policy, Scene, applicability};
use crate::transcript::Station;

/// Fixed by a MUST: 400 with `right` in the body.
const FIXED: Expectation = Expectation {
    station: Station::Credential,
    applies: applicability::always,
    status: &[400],
    codes: &["right"],
    tolerated: &["arguable"],
    code_in: CodeIn::Body,
    fixed: true,
};
const RECOMMENDED: Expectation = Expectation { fixed: false, ..FIXED };
const ANY_CODE: Expectation = Expectation { codes: &[], ..FIXED };
const BEFORE_THE_ENDPOINT: Expectation = Expectation { status: &[400, 413, 415], ..FIXED };
const UNAVAILABLE: Expectation = Expectation { status: &[503], ..FIXED };
const CHALLENGE: Expectation = Expectation { status: &[401], code_in: CodeIn::Challenge, ..FIXED };
const EITHER: Expectation = Expectation { code_in: CodeIn::Either, ..CHALLENGE };
const BARE: Expectation = Expectation { codes: &[], code_in: CodeIn::BareChallenge, ..CHALLENGE };

const HOLDS: &str = "holds";
const WARNS: &str = "warns";
const BREAKS: &str = "breaks";

#[test]
fn a_refusal_is_weighed_by_status_and_code() {
    let right = r#"{"error":"right"}"#;
    let arguable = r#"{"error":"arguable"}"#;
    let wrong = r#"{"error":"wrong"}"#;
    for (expectation, status, body, verdict) in [
        (FIXED, 400, right, HOLDS),
        (FIXED, 400, arguable, WARNS),
        (FIXED, 400, wrong, BREAKS),
        (FIXED, 400, "", BREAKS),
        (FIXED, 400, r#"{"error":["right"]}"#, BREAKS),
        (FIXED, 403, right, BREAKS),
        (FIXED, 403, arguable, BREAKS),
        (FIXED, 413, "", BREAKS),
        (FIXED, 200, right, BREAKS),
        (FIXED, 302, "", BREAKS),
        (RECOMMENDED, 400, right, HOLDS),
        (RECOMMENDED, 400, arguable, WARNS),
        (RECOMMENDED, 400, wrong, WARNS),
        (RECOMMENDED, 403, right, WARNS),
        (RECOMMENDED, 200, right, WARNS),
        (ANY_CODE, 400, wrong, HOLDS),
        (ANY_CODE, 400, "", HOLDS),
        (ANY_CODE, 404, "", BREAKS),
        (BEFORE_THE_ENDPOINT, 413, "", HOLDS),
        (BEFORE_THE_ENDPOINT, 415, wrong, HOLDS),
        (BEFORE_THE_ENDPOINT, 400, "", BREAKS),
    ] {
        let found = weighed(&expectation, status, &[], body);
        assert_eq!(kind(&found), verdict, "{status} {body}: {found:?}");
    }
}

#[test]
fn what_is_given_away_or_crashes_breaks_whatever_is_recommended() {
    for (status, body, says) in [
        (200, r#"{"credentials":[{"credential":"a~"}]}"#, "accepted: 200 with credentials"),
        (200, "", "accepted: 200 with no JSON object"),
        (204, "", "accepted: 204"),
        (400, r#"{"error":"right","access_token":"t"}"#, "accepted: 400 right"),
        (500, r#"{"credential":"a~"}"#, "accepted: 500"),
        (500, "", "a server error: 500 without an error code"),
        (500, r#"{"error":"right"}"#, "a server error: 500 right"),
        (503, "", "a server error: 503"),
    ] {
        for expectation in [FIXED, RECOMMENDED, ANY_CODE] {
            let found = weighed(&expectation, status, &[], body);
            let Finding::Breaks(breach) = &found else { panic!("{status} {body}: {found:?}") };
            assert!(breach.actual.starts_with(says), "{status} {body}: {breach:?}");
        }
    }
    let named = weighed(&UNAVAILABLE, 503, &[], r#"{"error":"right"}"#);
    assert_eq!(kind(&named), HOLDS, "{named:?}");
}

#[test]
fn a_code_counts_where_it_belongs() {
    let challenged: &[(&str, &str)] = &[("WWW-Authenticate", "DPoP error=\"right\"")];
    let wrongly: &[(&str, &str)] = &[("WWW-Authenticate", "DPoP error=\"wrong\"")];
    let both: &[(&str, &str)] =
        &[("WWW-Authenticate", "Bearer error=\"wrong\", DPoP error=\"right\"")];
    let bare: &[(&str, &str)] = &[("WWW-Authenticate", "DPoP algs=\"ES256\"")];
    let body = r#"{"error":"right"}"#;
    for (expectation, status, headers, body, verdict) in [
        (CHALLENGE, 401, challenged, "", HOLDS),
        (CHALLENGE, 401, both, "", HOLDS),
        (CHALLENGE, 401, wrongly, body, BREAKS),
        (CHALLENGE, 401, bare, "", BREAKS),
        (CHALLENGE, 401, &[], body, BREAKS),
        (CHALLENGE, 400, challenged, "", BREAKS),
        (EITHER, 401, challenged, "", HOLDS),
        (EITHER, 401, wrongly, body, HOLDS),
        (EITHER, 401, wrongly, "", BREAKS),
        (BARE, 401, bare, "", HOLDS),
        (BARE, 401, challenged, "", WARNS),
        (BARE, 403, bare, "", WARNS),
        (BARE, 401, &[], "", BREAKS),
        (BARE, 401, &[], body, BREAKS),
    ] {
        let found = weighed(&expectation, status, headers, body);
        assert_eq!(kind(&found), verdict, "{status} {headers:?} {body}: {found:?}");
    }
}

#[test]
fn a_way_out_caps_an_acceptance_and_no_crash() {
    let lenient = Refusal { leniency: Some(|_, _| Some("there is a way out")), ..made(&[FIXED]) };
    let strict = Refusal { leniency: Some(|_, _| None), ..lenient };
    for (refusal, status, verdict) in
        [(&lenient, 200, WARNS), (&strict, 200, BREAKS), (&lenient, 500, BREAKS)]
    {
        let found = weighed_by(refusal, &FIXED, status, &[], "");
        assert_eq!(kind(&found), verdict, "{found:?}");
    }
}

/// Whom a check concerns is set aside here, and tested in its own file where that takes more than
/// a member of the metadata.
#[test]
fn every_check_of_a_refusal_grants_nothing_and_passes_what_it_asks_for() {
    let mut seen = 0;
    for check in checks::all() {
        let Judge::Refusal(refusal) = check.judge else { continue };
        for expectation in refusal.expects {
            let staged = Staged::new(check, refusal, expectation);
            let worst = counts_as(check, &Policy::default());
            let otherwise = if expectation.fixed { worst } else { worst.min(Outcome::Warn) };
            let is_right =
                |code: &str| expectation.codes.is_empty() || expectation.codes.contains(&code);
            for status in expectation.status {
                for code in expectation.codes {
                    staged.answered(*status, code, &[Outcome::Pass]);
                }
                for code in expectation.tolerated.iter().filter(|code| !is_right(code)) {
                    staged.answered(*status, code, &[worst.min(Outcome::Warn)]);
                }
            }
            staged.answered(418, "made_up", &[otherwise]);
            staged.answered(500, "", &[worst]);
            let granted = json!({ "access_token": "t", "credentials": [{ "credential": "a~" }] });
            let lenient = worst.min(Outcome::Warn);
            let outcomes = [worst, if refusal.leniency.is_some() { lenient } else { worst }];
            staged.judged(200, &[], &granted, &outcomes);
            seen += 1;
        }
    }
    assert!(seen > 0, "there is no check of a refusal");
}

#[test]
fn a_refusal_without_its_control_or_of_the_client_proves_nothing() {
    for check in checks::all() {
        let Judge::Refusal(refusal) = check.judge else { continue };
        for expectation in refusal.expects {
            let outcome = match refusal.control {
                Control::Needed => Outcome::Inconclusive,
                Control::NotNeeded => Outcome::Pass,
            };
            let staged = Staged { control: false, ..Staged::new(check, refusal, expectation) };
            let code = expectation.codes.first().copied().unwrap_or_default();
            staged.answered(expectation.status[0], code, &[outcome]);
            if matches!(expectation.code_in, CodeIn::Body | CodeIn::Either) {
                staged.answered(401, "invalid_client", &[Outcome::Inconclusive]);
            }
        }
    }
}

/// One check at one endpoint, whoever it concerns.
struct Staged {
    check: &'static Check,
    refusal: Refusal,
    at: Expectation,
    control: bool,
}

impl Staged {
    fn new(check: &'static Check, refusal: Refusal, at: &Expectation) -> Self {
        let at = Expectation { applies: everybody, ..*at };
        let refusal = Refusal { expects: Box::leak(Box::new([at])), ..refusal };
        let judge = Judge::Refusal(refusal);
        let check = Box::leak(Box::new(Check { applies: everybody, judge, ..*check }));
        Self { check, refusal, at, control: true }
    }

    /// Refused with this status and code, told where this endpoint tells it.
    #[track_caller]
    fn answered(&self, status: u16, code: &str, outcomes: &[Outcome]) {
        let challenge = match code {
            "" => "Bearer".to_owned(),
            code => format!("Bearer error=\"{code}\""),
        };
        let body = match code {
            "" => json!({}),
            code => json!({ "error": code }),
        };
        match self.at.code_in {
            CodeIn::Body | CodeIn::Either => self.judged(status, &[], &body, outcomes),
            CodeIn::BareChallenge if status == 418 => self.judged(status, &[], &body, outcomes),
            CodeIn::Challenge | CodeIn::BareChallenge => {
                self.judged(status, &[("www-authenticate", &challenge)], &json!({}), outcomes);
            }
        }
    }

    #[track_caller]
    fn judged(&self, status: u16, headers: &[(&str, &str)], body: &Value, outcomes: &[Outcome]) {
        let text = body.to_string();
        let mut stage = Stage::new();
        if self.control {
            let granted = json!({ "access_token": "t" });
            stage = stage.answer_json(self.at.station, 200, granted);
        }
        let stage =
            stage.tampered_raw(self.refusal.tamper, self.at.station, status, headers, &text);
        let verdicts = stage.verdicts(self.check);
        let found: Vec<Outcome> = verdicts.iter().map(|verdict| verdict.outcome).collect();
        let is_right = matches!(found.as_slice(), [one] if outcomes.contains(one));
        let Check { id, .. } = self.check;
        assert!(is_right, "{id}: {status} {headers:?} {text}: {outcomes:?}, not {verdicts:?}");
    }
}

fn everybody(_: &Scene<'_>) -> Applies {
    Applies::Yes
}

fn made(expects: &'static [Expectation]) -> Refusal {
    Refusal { tamper: "made-up", expects, control: Control::NotNeeded, leniency: None }
}

fn weighed(
    expectation: &Expectation,
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
) -> Finding {
    weighed_by(&made(&[]), expectation, status, headers, body)
}

fn weighed_by(
    refusal: &Refusal,
    expectation: &Expectation,
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
) -> Finding {
    let stage = Stage::new().answer(Station::Credential, status, headers, body);
    let scene = Scene::new(&stage.run.provenance, &stage.run.transcripts[0], &stage.policy);
    let answered = scene.answered().next().unwrap();
    weigh(refusal, expectation, &answered, &scene)
}

fn kind(finding: &Finding) -> &'static str {
    match finding {
        Finding::Holds => HOLDS,
        Finding::Warns(..) => WARNS,
        Finding::Breaks(_) => BREAKS,
        _ => "neither holds nor breaks",
    }
}
