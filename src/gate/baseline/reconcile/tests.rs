//! What becomes of the staged run, held against this or that entry.

use jiff::civil::{Date, date};

use super::super::tests::entry;
use super::super::{Baseline, Entry};
use super::{reconcile, undecided};
use crate::checks::{Judgement, Outcome};
use crate::report::staging::{judgement, report, report_of, run};
use crate::report::{ExitStatus, Problem, Report, Strictness};

const TODAY: Date = date(2026, 9, 1);
const WRONG_HTU: &str = "dpop/refuses-wrong-htu@credential";
const UNCACHEABLE: &str = "nonce/is-uncacheable";

fn baseline(entries: impl IntoIterator<Item = Entry>) -> Baseline {
    let numbered = entries.into_iter().enumerate();
    Baseline {
        file: "vcispec-baseline.toml".into(),
        entries: numbered.map(|(index, entry)| Entry { line: index * 4 + 1, ..entry }).collect(),
        suite: Vec::new(),
    }
}

fn held(entries: impl IntoIterator<Item = Entry>) -> Report {
    reconcile(report(), &baseline(entries), TODAY)
}

fn until(day: Date) -> Entry {
    Entry { expires: Some(day), ..entry(WRONG_HTU, None) }
}

fn stale(report: &Report) -> Vec<&Problem> {
    report.problems.iter().filter(|problem| problem.outcome == Outcome::Stale).collect()
}

fn told(problem: &Problem) -> [&str; 3] {
    [&problem.expected, &problem.actual, &problem.because]
        .map(|text| text.as_deref().unwrap_or_default())
}

#[test]
fn a_known_failure_is_let_pass_and_told() {
    let report = held([entry("token/redeems-a-code-once", None), entry(WRONG_HTU, None)]);
    assert_eq!((report.totals.fail, report.totals.known, report.totals.stale), (0, 2, 0));
    let known = report.problems.iter().find(|one| one.name.as_deref() == Some(WRONG_HTU));
    let known = known.and_then(|one| one.known.as_ref());
    assert_eq!(known.map(|known| known.judged), Some(Outcome::Fail));
    assert_eq!(known.map(|known| known.reason.as_str()), Some("the gateway strips it"));
}

#[test]
fn known_is_green_however_strict_the_caller_is() {
    let warned = ["token/states-its-lifetime", "http/never-answers-5xx"];
    let failing = ["token/redeems-a-code-once", "dpop/*", "nonce/*", "sd-jwt/vct-matches"];
    let entries = warned.iter().chain(&failing).map(|check| entry(check, None));
    let strict = Strictness { fail_on_should: true, require_complete: false };
    let report = held(entries).held_to(strict);
    assert_eq!(
        (report.exit_status(), report.exit.reasons.as_slice()),
        (ExitStatus::Green, &[][..])
    );
    assert_eq!(report.totals.known, 6);
}

#[test]
fn what_passes_is_stale_and_says_where() {
    let report = held([entry(UNCACHEABLE, Some("one-offer/*"))]);
    assert_eq!((report.totals.stale, report.exit_status()), (1, ExitStatus::Red));
    let stale = stale(&report);
    let [expected, actual, because] = told(stale[0]);
    assert_eq!(expected, "a failure that vcispec-baseline.toml:1 knows of: the gateway strips it");
    assert_eq!(actual, "it passes now: nonce/is-uncacheable in one-offer/everything");
    assert!(because.ends_with("take vcispec-baseline.toml:1 out"), "{because}");
}

#[test]
fn an_entry_lasts_through_its_last_day_and_then_the_failure_counts() {
    assert_eq!(stale(&held([until(TODAY)])).len(), 0);
    let report = held([until(date(2026, 8, 31))]);
    assert_eq!((report.totals.fail, report.totals.known, report.totals.stale), (2, 0, 1));
    let stale = stale(&report);
    let [_, actual, because] = told(stale[0]);
    assert_eq!(
        actual,
        "it still fails: dpop/refuses-wrong-htu@credential in refusals/dpop-at-credential"
    );
    assert!(because.starts_with("expired on 2026-08-31: "), "{because}");
}

#[test]
fn an_expired_entry_is_stale_even_where_nothing_was_judged() {
    let expired =
        Entry { expires: Some(date(2025, 1, 1)), ..entry("token/refuses-wrong-tx-code", None) };
    let report = held([expired]);
    let stale = stale(&report);
    assert_eq!(told(stale[0])[1], "this run does not show whether it still fails");
}

#[test]
fn what_was_not_judged_is_not_stale() {
    let entries = [
        entry("token/refuses-wrong-tx-code", None),
        entry("batch/shares-one-dataset", None),
        entry(UNCACHEABLE, Some("refusals/code-redeemed-at-once")),
    ];
    let baseline = baseline(entries);
    let report = reconcile(report(), &baseline, TODAY);
    assert_eq!(report.totals.stale, 0);
    assert_eq!(undecided(&report, &baseline).len(), 3);
}

#[test]
fn a_scenario_that_was_left_out_may_be_the_one_that_fails() {
    let mut baseline = baseline([entry(UNCACHEABLE, Some("one-offer/*"))]);
    let suite = |scenario: &str| vec![(scenario.to_owned(), vec![UNCACHEABLE.to_owned()])];
    baseline.suite = suite("one-offer/another");
    assert_eq!(reconcile(report(), &baseline, TODAY).totals.stale, 0);
    baseline.suite = suite("refusals/another");
    assert_eq!(reconcile(report(), &baseline, TODAY).totals.stale, 1);
}

#[test]
fn the_first_entry_counts_and_one_behind_it_is_stale() {
    let first = Entry { reason: "first".into(), ..entry("dpop/*", None) };
    let report = held([first, entry(WRONG_HTU, None)]);
    assert_eq!((report.totals.known, report.totals.stale), (1, 1));
    let stale = stale(&report);
    let [_, actual, because] = told(stale[0]);
    assert_eq!(actual, "line 1 (dpop/*) covers the same and counts first");
    assert!(because.contains("take line 5 or line 1 out"), "{because}");
}

#[test]
fn no_entry_hides_that_the_issuer_cannot_be_reached() {
    let mut judgement: Judgement = judgement();
    for verdict in &mut judgement.verdicts {
        verdict.outcome = Outcome::Error;
    }
    let report = reconcile(report_of(&run(), &judgement), &baseline([entry("*", None)]), TODAY);
    assert_eq!((report.totals.known, report.totals.stale), (0, 0));
    assert_eq!(report.exit_status(), ExitStatus::Error);
}

#[test]
fn an_entry_may_use_a_former_id() {
    let mut report = report();
    for result in &mut report.results {
        if result.check == "dpop/refuses-wrong-htu" {
            result.aliases = &["dpop/refuses-another-address"];
        }
    }
    let former = baseline([entry("dpop/refuses-another-address@credential", None)]);
    assert_eq!(reconcile(report, &former, TODAY).totals.known, 1);
}
