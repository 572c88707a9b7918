//! The staged run held against variations of itself.

use super::{Change, Diff, diff};
use crate::checks::{Judgement, Outcome, Verdict};
use crate::gate::{Baseline, Entry, reconcile};
use crate::report::staging::{judgement, report_of, run};
use crate::report::{ExitStatus, Recorded, Report};

fn recorded(report: &Report) -> Recorded {
    Recorded::of(report).unwrap_or_else(|error| unreachable!("{error}"))
}

/// The staged run, judged otherwise.
fn judged(change: impl FnOnce(&mut Vec<Verdict>)) -> Report {
    let mut verdicts = judgement().verdicts;
    change(&mut verdicts);
    report_of(&run(), &Judgement { verdicts })
}

/// The difference that a change of verdicts makes to the staged run.
fn made_by(only_new: bool, change: impl FnOnce(&mut Vec<Verdict>)) -> Diff {
    diff(&recorded(&judged(|_| {})), &recorded(&judged(change)), only_new)
}

fn outcome(verdicts: &mut [Verdict], check: &str, outcome: Outcome) {
    for verdict in verdicts.iter_mut().filter(|verdict| verdict.check == check) {
        verdict.outcome = outcome;
    }
}

fn names(section: &[Change]) -> Vec<&str> {
    section.iter().map(|change| change.name.as_str()).collect()
}

#[test]
fn a_run_does_not_differ_from_itself() {
    let same = made_by(false, |_| {});
    assert!(same.is_empty(), "{same:?}");
    assert!(same.circumstances.is_empty());
    assert_eq!(names(&same.still_failing).len(), 4);
    assert_eq!(same.exit.status, ExitStatus::Red);
    assert_eq!(made_by(true, |_| {}).exit.status, ExitStatus::Green);
}

#[test]
fn a_new_failure_is_red_and_an_old_one_is_not() {
    let crash = "http/never-answers-5xx";
    let diff = made_by(true, |verdicts| outcome(verdicts, crash, Outcome::Fail));
    assert_eq!(names(&diff.new_failures), [crash]);
    let new = &diff.new_failures[0];
    assert_eq!((new.was, new.is), (Some(Outcome::Warn), Some(Outcome::Fail)));
    assert_eq!(new.scenarios, ["refusals/dpop-at-credential"]);
    assert_eq!(new.actual.as_deref(), Some("a server error: 500"));
    assert_eq!(diff.exit.reasons, ["1 new failure"]);
    assert_eq!(diff.exit.status, ExitStatus::Red);
}

#[test]
fn a_run_that_judged_nothing_has_no_failures_and_is_red() {
    let diff = made_by(true, Vec::clear);
    assert!(diff.new_failures.is_empty());
    assert_eq!(diff.exit.reasons, ["nothing was judged in the new run"]);
}

#[test]
fn what_is_mended_or_no_longer_judged_is_told_and_green() {
    let diff = made_by(true, |verdicts| {
        outcome(verdicts, "token/redeems-a-code-once", Outcome::Pass);
        outcome(verdicts, "dpop/refuses-wrong-htu", Outcome::NotRun);
        outcome(verdicts, "batch/shares-one-dataset", Outcome::Pass);
    });
    assert_eq!(names(&diff.fixed), ["token/redeems-a-code-once"]);
    assert_eq!(names(&diff.no_longer_judged), ["dpop/refuses-wrong-htu@credential"]);
    assert_eq!(names(&diff.newly_judged), ["batch/shares-one-dataset"]);
    assert_eq!(diff.exit.status, ExitStatus::Green);
}

#[test]
fn a_warning_is_told_and_green() {
    let diff = made_by(true, |verdicts| {
        outcome(verdicts, "credential/omits-old-members", Outcome::Warn);
    });
    assert_eq!(names(&diff.new_warnings), ["credential/omits-old-members"]);
    assert_eq!(diff.exit.status, ExitStatus::Green);
}

#[test]
fn a_failure_in_a_scenario_that_passed_is_new_and_in_one_that_was_not_there_it_is_not() {
    let fails_in = |scenario: &'static str| {
        move |verdicts: &mut Vec<Verdict>| {
            let known = verdicts.iter().find(|one| one.check == "token/redeems-a-code-once");
            let again = known.map(|one| Verdict { scenario: Some(scenario.into()), ..one.clone() });
            verdicts.extend(again);
        }
    };
    let elsewhere = made_by(true, fails_in("pre-authorized/another"));
    assert_eq!(names(&elsewhere.new_failures), Vec::<&str>::new());
    let passes = judged(|verdicts| {
        fails_in("pre-authorized/another")(verdicts);
        if let Some(last) = verdicts.last_mut() {
            last.outcome = Outcome::Pass;
        }
    });
    let fails = judged(fails_in("pre-authorized/another"));
    let regression = diff(&recorded(&passes), &recorded(&fails), true);
    assert_eq!(names(&regression.new_failures), ["token/redeems-a-code-once"]);
}

#[test]
fn a_refusal_tried_again_by_itself_is_the_same_refusal() {
    let diff = made_by(true, |verdicts| {
        for verdict in verdicts.iter_mut().filter(|one| one.check == "dpop/refuses-wrong-htu") {
            verdict.scenario = Some("refusals/dpop-at-credential#dpop-wrong-htu".into());
        }
    });
    assert!(diff.is_empty(), "{diff:?}");
}

#[test]
fn what_the_baseline_lets_pass_is_no_new_failure() {
    let entry = Entry {
        check: "*".into(),
        scenario: None,
        reason: "known".into(),
        expires: None,
        issue: None,
        line: 1,
    };
    let baseline = Baseline { file: "b".into(), entries: vec![entry], suite: Vec::new() };
    let passes = judged(|verdicts| {
        outcome(verdicts, "token/redeems-a-code-once", Outcome::Pass);
    });
    let today = jiff::civil::date(2026, 1, 1);
    let known = reconcile(judged(|_| {}), &baseline, today);
    let diff = diff(&recorded(&passes), &recorded(&known), true);
    assert!(names(&diff.newly_known).contains(&"token/redeems-a-code-once"));
    assert_eq!(diff.exit.status, ExitStatus::Green);
}

#[test]
fn a_stale_entry_is_a_new_failure() {
    let expired = Entry {
        check: "token/redeems-a-code-once".into(),
        scenario: None,
        reason: "known".into(),
        expires: Some(jiff::civil::date(2020, 1, 1)),
        issue: None,
        line: 7,
    };
    let baseline = Baseline { file: "b".into(), entries: vec![expired], suite: Vec::new() };
    let stale = reconcile(judged(|_| {}), &baseline, jiff::civil::date(2026, 1, 1));
    let diff = diff(&recorded(&judged(|_| {})), &recorded(&stale), true);
    assert_eq!(names(&diff.new_failures), ["token/redeems-a-code-once"]);
    assert_eq!(diff.new_failures[0].is, Some(Outcome::Stale));
}

#[test]
fn an_issuer_out_of_reach_is_an_error_and_no_difference() {
    let diff = made_by(true, |verdicts| {
        for verdict in verdicts.iter_mut() {
            verdict.outcome = Outcome::Error;
        }
    });
    assert_eq!(diff.exit.status, ExitStatus::Error);
}

#[test]
fn issuing_nothing_any_more_is_red() {
    let mut nothing = judged(|_| {});
    nothing.credentials_issued = 0;
    let diff = diff(&recorded(&judged(|_| {})), &recorded(&nothing), true);
    assert_eq!(diff.exit.status, ExitStatus::Red);
    assert!(diff.exit.reasons[0].contains("no credential was issued"));
}

#[test]
fn other_rules_are_told_first() {
    let mut other = judged(|_| {});
    other.provenance.policy_digest = "0".repeat(12);
    other.provenance.credential_issuer = "https://stage.example".into();
    let diff = diff(&recorded(&judged(|_| {})), &recorded(&other), false);
    let told: Vec<&str> = diff.circumstances.iter().map(|one| one.what).collect();
    assert_eq!(told, ["issuer", "policy"]);
}

#[test]
fn an_interrupted_run_is_no_issuer_that_could_not_be_reached() {
    let whole = judged(|_| {});
    let diff = diff(&recorded(&whole), &recorded(&whole.clone().interrupted()), true);
    assert_eq!(diff.exit.status, ExitStatus::Error);
    assert_eq!(diff.exit.reasons, ["the new run was interrupted"]);
}
