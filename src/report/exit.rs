//! What the process exits with. The constants stand here and nowhere else.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

use super::chosen::is_chosen;
use super::{CheckResult, Report};
use crate::checks::Outcome;

/// How a run ends for whoever called it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitStatus {
    /// 0: nothing red.
    #[default]
    Green = 0,
    /// 1: a red verdict, or a promise of the command line that was not kept.
    Red = 1,
    /// 2: usage, configuration or a scenario is at fault; nothing was judged.
    Usage = 2,
    /// 3: the issuer could not be reached, or offers ran out in the middle of the run.
    Error = 3,
}

impl ExitStatus {
    /// The number that the operating system is given.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The one that outranks the other: 2 before 3 before 1 before 0.
    pub fn or_worse(self, other: Self) -> Self {
        if other.rank() > self.rank() { other } else { self }
    }

    fn rank(self) -> u8 {
        match self {
            Self::Green => 0,
            Self::Red => 1,
            Self::Error => 2,
            Self::Usage => 3,
        }
    }
}

impl JsonSchema for ExitStatus {
    fn schema_name() -> Cow<'static, str> {
        "ExitStatus".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let codes = [Self::Green, Self::Red, Self::Usage, Self::Error].map(Self::code);
        json_schema!({
            "description": "How a run ends for whoever called it: 0 nothing red, 1 a red verdict, \
                2 usage, configuration or scenario error, 3 issuer unreachable or offers ran out.",
            "type": "integer",
            "enum": codes,
        })
    }
}

impl Serialize for ExitStatus {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.code())
    }
}

/// What counts as red beyond red verdicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strictness {
    /// `--fail-on should`: a WARN is red, unless its check is newer than the edition in force.
    pub fail_on_should: bool,
    /// `--require-complete`: a NOT RUN that the user did not choose is red, with the same exception.
    pub require_complete: bool,
}

/// The exit status, and every reason for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Exit {
    /// The status.
    pub status: ExitStatus,
    /// Why it is not 0, in words.
    pub reasons: Vec<String>,
    /// Whether a WARN counted as red.
    pub warnings_are_red: bool,
}

impl Exit {
    pub(super) fn of(report: &Report, strictness: Strictness) -> Self {
        let mut exit = Self { warnings_are_red: strictness.fail_on_should, ..Self::default() };
        let totals = &report.totals;
        exit.count(ExitStatus::Error, totals.error, Outcome::Error.name());
        let broken_off = report.scenarios.iter().filter(|line| line.broke_off).count();
        exit.count(
            ExitStatus::Error,
            broken_off,
            if broken_off == 1 { "scenario broke off" } else { "scenarios broke off" },
        );
        exit.count(ExitStatus::Red, totals.fail, Outcome::Fail.name());
        exit.count(ExitStatus::Red, totals.not_testable, Outcome::NotTestable.name());
        exit.count(ExitStatus::Red, totals.inconclusive, Outcome::Inconclusive.name());
        exit.count(ExitStatus::Red, totals.drift, Outcome::Drift.name());
        exit.count(ExitStatus::Red, totals.stale, Outcome::Stale.name());
        if strictness.fail_on_should {
            let reason = format!("{} (--fail-on should)", Outcome::Warn.name());
            exit.count(ExitStatus::Red, in_force(report, Outcome::Warn), &reason);
        }
        if strictness.require_complete {
            let reason = format!("{} (--require-complete)", Outcome::NotRun.name());
            exit.count(ExitStatus::Red, missed(report), &reason);
            if totals.missed() == 0 && totals.judged() == 0 {
                exit.because(ExitStatus::Red, "nothing was judged (--require-complete)".to_owned());
            }
        }
        if report.offers_given && report.credentials_issued == 0 {
            exit.because(
                ExitStatus::Red,
                "offers were given, and no credential was issued".to_owned(),
            );
        }
        exit
    }

    fn count(&mut self, status: ExitStatus, count: usize, what: &str) {
        if count > 0 {
            self.because(status, format!("{count} {what}"));
        }
    }

    /// Adds a reason, and lets the status be no better than this.
    pub fn because(&mut self, status: ExitStatus, reason: String) {
        self.status = self.status.or_worse(status);
        self.reasons.push(reason);
    }
}

/// How many checks of the edition in force, or older, were not run though nobody chose so.
fn missed(report: &Report) -> usize {
    let results = report.results.iter().filter(|result| result.outcome == Outcome::NotRun);
    let chosen = |result: &&CheckResult| result.because.as_deref().is_some_and(is_chosen);
    results.filter(|result| !chosen(result) && !report.only_warns(result)).count()
}

/// How many checks of the edition in force, or older, came to this outcome.
fn in_force(report: &Report, outcome: Outcome) -> usize {
    let results = report.results.iter().filter(|result| result.outcome == outcome);
    results.filter(|result| !report.only_warns(result)).count()
}
