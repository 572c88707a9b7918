//! What a report says of a staged run.

use super::staging::{TOKEN, report, report_of, run};
use super::{Exit, ExitStatus, Problem, Report, ScenarioState, Strictness, Totals};
use crate::checks::{self, EXCLUDED, Judgement, Outcome, Policy, Verdict};
use crate::transcript::{Ending, EvidenceError, TARGET_IS_PRODUCTION, load};

fn problem<'a>(report: &'a Report, name: &str) -> Option<&'a Problem> {
    report.problems.iter().find(|problem| problem.name.as_deref() == Some(name))
}

fn verdict(outcome: Outcome, because: Option<&str>) -> Verdict {
    Verdict {
        check: "nonce/is-uncacheable",
        endpoint: None,
        scenario: Some("discovery/nonces".into()),
        outcome,
        expected: None,
        actual: None,
        because: because.map(str::to_owned),
        step: None,
        claims: Vec::new(),
        former: None,
        exchanges: Vec::new(),
    }
}

fn exit(change: impl FnOnce(&mut Report), strictness: Strictness) -> Exit {
    let judged = Judgement { verdicts: vec![verdict(Outcome::Pass, None)] };
    let mut report = report_of(&run(), &judged);
    report.credentials_issued = 1;
    change(&mut report);
    report.held_to(strictness).exit
}

#[test]
fn totals_add_up_and_tell_why_checks_were_not_run() {
    let totals = report().totals;
    assert_eq!((totals.checks, totals.pass, totals.fail), (10, 0, 2));
    assert_eq!((totals.warn, totals.note, totals.not_testable), (2, 2, 2));
    assert_eq!((totals.not_applicable, totals.not_run), (1, 1));
    assert_eq!(totals.not_run_reasons[0].why, "no offer source with tx-code");
    let silent = report_of(&run(), &Judgement::default()).totals;
    assert_eq!((silent.not_run, silent.not_run_reasons.len()), (10, 1));
}

#[test]
fn every_registered_check_has_a_result() {
    let report = Report::of(&run(), &Policy::default(), &Judgement::default());
    assert_eq!(report.results.len(), checks::all().count());
    assert_eq!(report.totals.not_run, report.totals.checks);
}

#[test]
fn one_cause_is_told_once_with_its_consequences() {
    let report = report();
    let crash = problem(&report, "dpop/refuses-wrong-htu@credential");
    let consequences = crash.map(|crash| crash.consequences.as_slice()).unwrap_or_default();
    assert_eq!(consequences.len(), 1);
    assert_eq!(consequences[0].name, "http/never-answers-5xx");
    assert_eq!(problem(&report, "http/never-answers-5xx"), None);

    let halts: Vec<&Problem> =
        report.problems.iter().filter(|problem| problem.name.is_none()).collect();
    assert_eq!(halts.len(), 1);
    assert_eq!(halts[0].because.as_deref(), Some("no access_token in the token response"));
    let names: Vec<&str> =
        halts[0].consequences.iter().map(|consequence| consequence.name.as_str()).collect();
    assert_eq!(names, ["nonce/is-uncacheable", "sd-jwt/vct-matches"]);
    assert_eq!(halts[0].places[0].exchanges[0].path, "/token");
}

#[test]
fn the_same_finding_in_two_scenarios_is_one_problem() {
    let report = report();
    let warning = problem(&report, "token/states-its-lifetime");
    let scenarios: Vec<_> = warning
        .map(|warning| warning.places.iter().map(|place| place.scenario.as_deref()).collect())
        .unwrap_or_default();
    assert_eq!(scenarios, [Some("one-offer/everything"), Some("pre-authorized/several")]);
}

#[test]
fn failures_come_last_and_the_draft_stands_at_the_top() {
    let report = report();
    let outcomes: Vec<Outcome> = report.problems.iter().map(|problem| problem.outcome).collect();
    assert!(outcomes.is_sorted(), "{outcomes:?}");
    assert_eq!(report.speaks.as_deref(), Some("looks like draft 13: the format vc+sd-jwt"));
    assert_eq!(problem(&report, "issuer-metadata/speaks-the-final-version"), None);
}

#[test]
fn a_sighting_names_the_field_and_the_span() {
    let report = report();
    let crash = problem(&report, "dpop/refuses-wrong-htu@credential");
    let sighting = crash.map(|crash| &crash.places[0].exchanges[0]);
    assert_eq!(sighting.and_then(|sighting| sighting.field), Some("www-authenticate"));
    let span = sighting.and_then(|sighting| sighting.span_id.as_deref());
    assert_eq!(span, Some("0000000000000001"));
}

#[test]
fn scenario_lines_tell_what_was_done() {
    let report = report();
    let states: Vec<ScenarioState> = report.scenarios.iter().map(|line| line.state).collect();
    use ScenarioState::{Failed, NotApplicable, NotRun, Warned};
    assert_eq!(states, [Warned, Failed, Failed, Failed, NotApplicable, NotRun]);
    let first = &report.scenarios[0];
    assert_eq!((first.judged, first.exchanges, first.milliseconds), (4, 3, 241));
}

#[test]
fn no_secret_enters_a_report() {
    let report = report();
    let text = serde_json::to_string(&report).unwrap_or_default();
    assert!(text.contains("accepted: 200 with access_token token#1"), "{text}");
    assert!(!text.contains(TOKEN));
    let transcripts = serde_json::to_string(&report.transcripts).unwrap_or_default();
    assert!(!transcripts.contains(TOKEN));
}

#[test]
fn a_report_is_no_evidence() {
    let text = serde_json::to_vec(&report()).unwrap_or_default();
    let loaded = load::<serde_json::Value>(text.as_slice());
    assert!(matches!(loaded, Err(EvidenceError::Redacted)));
}

#[test]
fn the_exit_status_is_the_worst_of_its_reasons() {
    let lenient = Strictness::default();
    assert_eq!(exit(|_| {}, lenient).status, ExitStatus::Green);
    assert_eq!(exit(|report| report.totals.fail = 2, lenient).reasons, ["2 FAIL"]);
    let both = exit(
        |report| {
            report.totals.fail = 1;
            report.totals.error = 1;
        },
        lenient,
    );
    assert_eq!(both.status.code(), 3);
    assert_eq!(both.status.or_worse(ExitStatus::Usage).code(), 2);
}

#[test]
fn strictness_makes_warnings_and_gaps_red() {
    let warned = |report: &mut Report| report.results[0].outcome = Outcome::Warn;
    let strict = Strictness { fail_on_should: true, require_complete: false };
    assert_eq!(exit(warned, Strictness::default()).status, ExitStatus::Green);
    assert_eq!(exit(warned, strict).status, ExitStatus::Red);
    let complete = Strictness { fail_on_should: false, require_complete: true };
    let missed = |report: &mut Report| {
        for result in &mut report.results {
            result.because = Some("no offer source".into());
        }
        report.totals.pass = 1;
    };
    assert_eq!(exit(missed, complete).reasons, ["9 NOT RUN (--require-complete)"]);
}

#[test]
fn what_the_user_left_out_is_no_gap_but_something_must_be_judged() {
    let complete = Strictness { fail_on_should: false, require_complete: true };
    let lenient = Strictness::default();
    let unjudged = |report: &mut Report| {
        report.totals = Totals::default();
        report.results.iter_mut().for_each(|one| one.verdicts.clear());
    };
    for strictness in [lenient, complete] {
        assert_eq!(exit(|_| {}, strictness).status, ExitStatus::Green);
        let nothing = exit(unjudged, strictness);
        assert_eq!(nothing.status, ExitStatus::Red);
        assert_eq!(nothing.reasons, ["nothing was judged"]);
    }
    let mut run = run();
    let left_out = |why: &str| Judgement { verdicts: vec![verdict(Outcome::NotRun, Some(why))] };
    run.transcripts.clear();
    for (why, missed) in
        [(EXCLUDED, 0), (TARGET_IS_PRODUCTION, 0), ("no offer source", 1), ("--allow locks", 1)]
    {
        assert_eq!(report_of(&run, &left_out(why)).totals.missed(), missed, "{why}");
    }
}

#[test]
fn no_strictness_lets_checks_fail_that_are_newer_than_the_edition() {
    let newer = |outcome: Outcome| {
        move |report: &mut Report| {
            for result in &mut report.results {
                result.outcome = Outcome::Pass;
            }
            report.totals.pass = 9;
            report.results[0].outcome = outcome;
            report.results[0].since = "2026.2";
            report.provenance.edition = "2026.1".parse().unwrap_or(checks::Edition::newest());
        }
    };
    let strict = Strictness { fail_on_should: true, require_complete: true };
    assert_eq!(exit(newer(Outcome::Warn), strict).status, ExitStatus::Green);
    assert_eq!(exit(newer(Outcome::NotRun), strict).status, ExitStatus::Green);
}

#[test]
fn offers_without_a_credential_are_never_green() {
    let none = |report: &mut Report| report.credentials_issued = 0;
    assert_eq!(exit(none, Strictness::default()).status, ExitStatus::Red);
    let no_offers = |report: &mut Report| {
        report.credentials_issued = 0;
        report.offers_given = false;
    };
    assert_eq!(exit(no_offers, Strictness::default()).status, ExitStatus::Green);
    assert_eq!(report().credentials_issued, 1);
}

#[test]
fn a_scenario_that_broke_off_is_an_error_even_if_nothing_was_aimed_at() {
    let mut run = run();
    run.transcripts[0].ending = Ending::Failed { why: "connection refused".into() };
    let report = report_of(&run, &Judgement::default());
    assert_eq!(report.exit_status(), ExitStatus::Error);
    assert_eq!(report.exit.reasons[0], "1 scenario broke off");
    assert_eq!(report.problems[0].outcome, Outcome::Error);
}
