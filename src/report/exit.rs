//! What the process exits with. The constants stand here and nowhere else.

use serde::Serialize;

use super::Report;
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

impl Serialize for ExitStatus {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.code())
    }
}

/// What counts as red beyond red verdicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strictness {
    /// `--fail-on should`: a WARN is red.
    pub fail_on_should: bool,
    /// `--require-complete`: a NOT RUN is red.
    pub require_complete: bool,
}

/// The exit status, and every reason for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Exit {
    /// The status.
    pub status: ExitStatus,
    /// Why it is not 0, in words.
    pub reasons: Vec<String>,
    /// Whether a WARN counted as red.
    pub warnings_are_red: bool,
}

/// Whether every offer went to a scenario that says itself what it expects: then no credential
/// need be among it.
fn is_of_its_own(report: &Report) -> bool {
    let mut used = report.transcripts.iter().filter(|one| !one.offers.is_empty()).peekable();
    used.peek().is_some() && used.all(|one| !one.expectations.is_empty())
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
            exit.count(ExitStatus::Red, totals.warn, &reason);
        }
        if strictness.require_complete {
            let reason = format!("{} (--require-complete)", Outcome::NotRun.name());
            exit.count(ExitStatus::Red, totals.not_run, &reason);
        }
        if report.offers_given && report.credentials_issued == 0 && !is_of_its_own(report) {
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

    fn because(&mut self, status: ExitStatus, reason: String) {
        self.status = self.status.or_worse(status);
        self.reasons.push(reason);
    }
}
