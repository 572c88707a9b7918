//! One entry for each check: what it asks for and what it came to.

use schemars::JsonSchema;
use serde::Serialize;

use super::Known;

use crate::checks::{Check, Judgement, Level, Outcome, Verdict, requirements};
use crate::protocol::spec;
use crate::transcript::{Redactor, Station};

/// What a check that no scenario of the run aims at is told to have been kept by.
pub(super) const NOT_AIMED_AT: &str = "no scenario of this run exercises it";

/// A check and all verdicts on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CheckResult {
    /// Its id.
    pub check: &'static str,
    /// Ids it had in earlier editions.
    #[serde(skip)]
    pub aliases: &'static [&'static str],
    /// Its short name.
    pub title: &'static str,
    /// The keyword of the specification.
    pub level: Level,
    /// The edition it came with.
    pub since: &'static str,
    /// The obligation in one sentence.
    pub obligation: &'static str,
    /// Where the obligation is written.
    pub spec: Vec<Source>,
    /// Ids of the requirements it judges.
    pub requirements: Vec<&'static str>,
    /// The worst outcome of its verdicts.
    pub outcome: Outcome,
    /// Why, where that outcome needs a reason.
    pub because: Option<String>,
    /// Every verdict, by endpoint and scenario.
    pub verdicts: Vec<ReportedVerdict>,
}

/// A place in a specification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Source {
    /// `document#anchor`.
    pub anchor: &'static str,
    /// Its address; none for a document that is sold.
    pub url: Option<String>,
}

/// A verdict without a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReportedVerdict {
    /// `check@endpoint`, the part of its key that people type.
    pub name: String,
    /// The endpoint, where one check judges several.
    pub endpoint: Option<Station>,
    /// The scenario; none for a verdict on the whole run.
    pub scenario: Option<String>,
    /// What it comes to.
    pub outcome: Outcome,
    /// What the specification asks for, of a breach.
    pub expected: Option<String>,
    /// What the issuer did, of a breach.
    pub actual: Option<String>,
    /// Why it could not be judged, or what bounds the observation.
    pub because: Option<String>,
    /// Numbers of the exchanges that show it.
    pub exchanges: Vec<u32>,
    /// Who knows of it, where it is KNOWN.
    pub known: Option<Known>,
    /// What 1.0 Final wants, where an older draft explains the breach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former: Option<&'static str>,
}

impl ReportedVerdict {
    /// Whether the obligation was weighed at all, known or not.
    pub fn is_judged(&self) -> bool {
        matches!(self.judged(), Outcome::Pass | Outcome::Note | Outcome::Warn | Outcome::Fail)
    }

    /// What it was judged to be, known or not.
    pub fn judged(&self) -> Outcome {
        self.known.as_ref().map_or(self.outcome, |known| known.judged)
    }

    /// Marks it as known, or takes the mark away. What is neither red nor a warning keeps its
    /// outcome: there is nothing to know.
    pub(super) fn mark(&mut self, known: Option<Known>) {
        let judged = self.judged();
        self.known = known.filter(|_| judged >= Outcome::Warn);
        self.outcome = if self.known.is_some() { Outcome::Known } else { judged };
        if let Some(known) = &mut self.known {
            known.judged = judged;
        }
    }

    fn of(verdict: &Verdict, redactor: &Redactor) -> Self {
        let scrub = |text: &Option<String>| text.as_deref().map(|text| redactor.scrub(text));
        Self {
            name: verdict.name(),
            endpoint: verdict.endpoint,
            scenario: verdict.scenario.clone(),
            outcome: verdict.outcome,
            expected: scrub(&verdict.expected),
            actual: verdict.actual.as_deref().map(|text| redactor.conceal(text, &verdict.claims)),
            because: scrub(&verdict.because),
            exchanges: verdict.exchanges.clone(),
            known: None,
            former: verdict.former.map(|former| former.wants),
        }
    }
}

/// One result for each check, also for those without a verdict.
pub(super) fn results(
    checks: &[&'static Check],
    judgement: &Judgement,
    redactor: &Redactor,
) -> Vec<CheckResult> {
    let result = |check: &&'static Check| {
        let verdicts = judgement
            .verdicts
            .iter()
            .filter(|verdict| verdict.check == check.id)
            .map(|verdict| ReportedVerdict::of(verdict, redactor))
            .collect();
        of(check, verdicts)
    };
    checks.iter().map(result).collect()
}

fn of(check: &'static Check, verdicts: Vec<ReportedVerdict>) -> CheckResult {
    let source = |anchor: &&'static str| Source { anchor, url: spec::url(anchor) };
    let mut result = CheckResult {
        check: check.id,
        aliases: check.aliases,
        title: check.title,
        level: check.level,
        since: check.since,
        obligation: check.obligation,
        spec: check.spec.iter().map(source).collect(),
        requirements: requirements::for_check(check.id)
            .map(|requirement| requirement.id.as_str())
            .collect(),
        outcome: Outcome::NotRun,
        because: None,
        verdicts,
    };
    result.settle();
    result
}

impl CheckResult {
    /// Lets the worst verdict speak for all.
    pub(super) fn settle(&mut self) {
        let worst = self
            .verdicts
            .iter()
            .reduce(|worst, verdict| if verdict.outcome > worst.outcome { verdict } else { worst });
        (self.outcome, self.because) = match worst {
            Some(worst) => (worst.outcome, worst.because.clone()),
            None => (Outcome::NotRun, Some(NOT_AIMED_AT.to_owned())),
        };
    }
}
