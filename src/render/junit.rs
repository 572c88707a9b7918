//! The report for pipelines: a suite for each scenario, a case for each verdict in it.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestSuite};

use crate::checks::Outcome;
use crate::report::{
    CheckResult, ExitStatus, Known, Problem, Report, ReportedVerdict, ScenarioLine,
};

/// The suite of what is said of the run as a whole.
const WHOLE_RUN: &str = "run";
/// The suite of what is about no check: DRIFT and STALE.
const GATE: &str = "gate";

/// The suite of why the exit status is not 0, where nothing else tells.
const EXIT: &str = "exit";

/// The report as JUnit XML. The name of a case is that of its check, with its endpoint where a
/// check judges several; requirement ids, anchors and level are its properties.
pub fn junit(report: &Report) -> String {
    let warning = report.warning.map(|warning| format!(" ({warning})")).unwrap_or_default();
    let mut junit = quick_junit::Report::new(format!("vcispec{warning}"));
    junit.timestamp = report.provenance.started_at.to_string().parse().ok();
    let milliseconds = report.provenance.finished_at.as_millisecond()
        - report.provenance.started_at.as_millisecond();
    junit.set_time(Duration::from_millis(u64::try_from(milliseconds).unwrap_or(0)));
    for scenario in &report.scenarios {
        junit.add_test_suite(suite(report, scenario));
    }
    for suite in [whole_run(report), gate(report)] {
        if !suite.test_cases.is_empty() {
            junit.add_test_suite(suite);
        }
    }
    let exit = &report.exit;
    if exit.status != ExitStatus::Green && junit.failures + junit.errors == 0 {
        junit.add_test_suite(red_without_a_case(report));
    }
    // Writing into memory does not fail, and the texts were cleaned of what XML cannot hold.
    junit.to_string().unwrap_or_default()
}

fn suite(report: &Report, scenario: &ScenarioLine) -> TestSuite {
    let mut suite = TestSuite::new(scenario.id.as_str());
    suite.set_time(Duration::from_millis(scenario.milliseconds));
    suite.add_property(Property::new("title", scenario.title.as_str()));
    describe(report, &mut suite);
    let verdicts = report.verdicts_in(Some(&scenario.id));
    suite.add_test_cases(verdicts.map(|(result, verdict)| case(report, result, verdict)));
    if scenario.broke_off {
        suite.add_test_case(broken_off(scenario));
    }
    suite
}

/// Red by itself, whatever was judged before.
fn broken_off(scenario: &ScenarioLine) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_type(Outcome::Error.name());
    status.set_message(scenario.why.as_deref().unwrap_or_default());
    let mut case = TestCase::new("runs to its end", status);
    case.set_classname(scenario.id.as_str());
    case
}

/// What makes a run red that no verdict shows: what was to be run and was not, credentials that
/// never came.
fn red_without_a_case(report: &Report) -> TestSuite {
    let mut suite = TestSuite::new(EXIT);
    describe(report, &mut suite);
    for reason in &report.exit.reasons {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(reason.as_str());
        let mut case = TestCase::new("the run may be green", status);
        case.set_classname(EXIT);
        suite.add_test_case(case);
    }
    suite
}

/// What the gate found beside the verdicts.
fn gate(report: &Report) -> TestSuite {
    let mut suite = TestSuite::new(GATE);
    describe(report, &mut suite);
    let findings = report.problems.iter().filter(|problem| problem.is_of_the_gate());
    suite.add_test_cases(findings.map(finding));
    suite
}

fn finding(problem: &Problem) -> TestCase {
    let lines = [
        ("obligation", problem.obligation),
        ("expected", problem.expected.as_deref()),
        ("actual", problem.actual.as_deref()),
        ("because", problem.because.as_deref()),
    ];
    let told = lines.iter().filter_map(|(label, text)| Some(format!("{label}: {}", (*text)?)));
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(problem.outcome.name());
    let actual = problem.actual.as_deref().filter(|text| !text.contains('\n'));
    let message = problem.because.as_deref().or(actual);
    status.set_message(message.unwrap_or("not as it was written down before"));
    status.set_description(told.collect::<Vec<_>>().join("\n"));
    let mut case = TestCase::new(problem.name.as_deref().unwrap_or(GATE), status);
    case.set_classname(GATE);
    case.add_property(Property::new("outcome", problem.outcome.name()));
    case
}

/// Verdicts on the run, and the checks that no scenario was there to exercise.
fn whole_run(report: &Report) -> TestSuite {
    let mut suite = TestSuite::new(WHOLE_RUN);
    describe(report, &mut suite);
    let verdicts = report.verdicts_in(None);
    suite.add_test_cases(verdicts.map(|(result, verdict)| case(report, result, verdict)));
    for result in report.results.iter().filter(|result| result.verdicts.is_empty()) {
        let status = skipped(result.outcome, result.because.as_deref());
        suite.add_test_case(with_properties(result, TestCase::new(result.check, status)));
    }
    suite
}

fn describe(report: &Report, suite: &mut TestSuite) {
    let provenance = &report.provenance;
    suite.add_property(Property::new("credential_issuer", provenance.credential_issuer.as_str()));
    suite.add_property(Property::new("profile", provenance.profiles_in_words()));
    for silence in &provenance.not_judged {
        suite.add_property(Property::new("not_judged", *silence));
    }
    suite.add_property(Property::new("policy_digest", provenance.policy_digest.as_str()));
    suite.add_property(Property::new("run_id", provenance.run_id.as_str()));
    suite.add_property(Property::new("secrets", report.warning.unwrap_or(report.redaction.name())));
}

fn case(report: &Report, result: &CheckResult, verdict: &ReportedVerdict) -> TestCase {
    let mut case = TestCase::new(verdict.name.as_str(), status(report, result, verdict));
    case.set_classname(verdict.scenario.as_deref().unwrap_or(WHOLE_RUN));
    case.add_property(Property::new("outcome", verdict.outcome.name()));
    let told = matches!(verdict.outcome, Outcome::Note | Outcome::Warn);
    if told && matches!(case.status, TestCaseStatus::Success { .. }) {
        case.set_system_out(details(result, verdict));
    }
    with_properties(result, case)
}

fn with_properties(result: &CheckResult, mut case: TestCase) -> TestCase {
    case.add_property(Property::new("level", result.level.name()));
    for requirement in &result.requirements {
        case.add_property(Property::new("requirement", *requirement));
    }
    for source in &result.spec {
        let address = source.url.as_deref().unwrap_or(source.anchor);
        case.add_property(Property::new("spec", address));
    }
    case
}

fn status(report: &Report, result: &CheckResult, verdict: &ReportedVerdict) -> TestCaseStatus {
    let known = verdict.known.as_ref().map(Known::in_words);
    let because = known.as_deref().or(verdict.because.as_deref());
    let kind = match verdict.outcome {
        Outcome::NotApplicable | Outcome::NotRun | Outcome::Known => {
            return skipped(verdict.outcome, because);
        }
        Outcome::Fail => NonSuccessKind::Failure,
        Outcome::Warn if report.counts(result, Outcome::Warn) => NonSuccessKind::Failure,
        Outcome::Pass | Outcome::Note | Outcome::Warn => return TestCaseStatus::success(),
        Outcome::Drift | Outcome::Stale => NonSuccessKind::Failure,
        Outcome::Error | Outcome::NotTestable | Outcome::Inconclusive => NonSuccessKind::Error,
    };
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(verdict.outcome.name());
    status.set_message(verdict.actual.as_deref().or(because).unwrap_or(result.obligation));
    status.set_description(details(result, verdict));
    status
}

fn skipped(outcome: Outcome, because: Option<&str>) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_type(outcome.name());
    if let Some(because) = because {
        status.set_message(because);
    }
    status
}

fn details(result: &CheckResult, verdict: &ReportedVerdict) -> String {
    let numbers: Vec<String> = verdict.exchanges.iter().map(u32::to_string).collect();
    let exchanges = (!numbers.is_empty()).then(|| numbers.join(", "));
    let lines = [
        ("obligation", Some(result.obligation)),
        ("expected", verdict.expected.as_deref()),
        ("actual", verdict.actual.as_deref()),
        ("because", verdict.because.as_deref()),
        ("exchanges", exchanges.as_deref()),
    ];
    let mut text: String = lines
        .into_iter()
        .filter_map(|(label, line)| Some(format!("{label}: {}\n", line?)))
        .collect();
    text.push_str(&format!("more: vcispec explain {}", result.check));
    text
}
