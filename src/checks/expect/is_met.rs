//! The issuer answers as the author of the scenario expects: one verdict for each thing that is
//! not as expected, one for each step at which everything is.

use super::{answer, credential, entry};
use crate::checks::proves_nothing::{THROTTLED, is_throttled};
use crate::checks::{
    Answered, Applies, Check, Finding, Judge, Level, Outcome, Scene, Verdict, selection,
};
use crate::transcript::{Ending, Exchange, Received, Station, StepExpectation};

/// See the module.
pub static EXPECTATION: Check = Check {
    id: "expect/is-met",
    aliases: &[],
    since: "2026.1",
    title: "the scenario's own expectations are met",
    level: Level::Must,
    raised_by: &[],
    applies: |_| Applies::Yes,
    spec: &[],
    obligation: "the issuer answers as this scenario's author expects",
    doc: "\
A scenario of one's own says in `[step.expect]` what must hold of an answer: status, error code,
header fields, members of the body, and of credentials their claims, type, number, validity and
display. Each thing that is not so is a FAIL of its own, named after the endpoint and the step:
`expect/is-met@credential#2` is about the second `[[step]]`.

NOT TESTABLE means that the step was never taken, or that its tamper could not be made because
what it removes is not there: the scenario came to a halt before, and the reason is told. A step
that expects a refusal does not halt it.

Look into the script first: the expectation is its author's, and no rule of a specification. Then
look at the exchange. Actual values of claims are told by their type only; the evidence of
`vcispec run --save` has them.",
    judge: Judge::Transcript(worst),
};

/// The verdicts on what the script of a scenario expects.
pub fn judge(scene: &Scene<'_>) -> Vec<Verdict> {
    let expected = &scene.transcript.expectations;
    let mut verdicts: Vec<Verdict> =
        expected.iter().flat_map(|expected| Case { expected, scene }.judge()).collect();
    if !expected.is_empty() && !verdicts.iter().any(|verdict| verdict.outcome.is_red()) {
        verdicts.extend(halt(scene));
    }
    verdicts
}

/// What is not as expected of an answer.
#[derive(Debug, PartialEq)]
pub(super) struct Unmet {
    pub(super) expected: String,
    pub(super) actual: String,
    /// Claims whose JSON stands in `actual`.
    pub(super) claims: Vec<serde_json::Value>,
    /// It cannot be told, for this reason.
    pub(super) untestable: bool,
}

impl Unmet {
    pub(super) fn new(expected: impl Into<String>, actual: impl Into<String>) -> Self {
        Self {
            expected: expected.into(),
            actual: actual.into(),
            claims: Vec::new(),
            untestable: false,
        }
    }
}

/// One step and what is expected of it.
struct Case<'a> {
    expected: &'a StepExpectation,
    scene: &'a Scene<'a>,
}

impl Case<'_> {
    fn judge(&self) -> Vec<Verdict> {
        if !selection::selects(self.scene.policy, &EXPECTATION) {
            return vec![self.verdict(Outcome::NotRun).because(selection::EXCLUDED)];
        }
        let transcript = self.scene.transcript;
        match &transcript.ending {
            Ending::NotRun { why } => return vec![self.verdict(Outcome::NotRun).because(why)],
            Ending::NotApplicable { why } if transcript.exchanges.is_empty() => {
                return vec![self.verdict(Outcome::NotApplicable).because(why)];
            }
            _ => {}
        }
        let mut verdicts = Vec::new();
        let mut shown = Vec::new();
        for tamper in self.requests() {
            let exchanges: Vec<&Exchange> = self.exchanges(tamper).collect();
            if exchanges.is_empty() {
                verdicts.push(self.without_evidence(tamper));
            }
            for exchange in exchanges {
                shown.push(exchange.number);
                verdicts.extend(self.weigh(exchange));
            }
        }
        if verdicts.is_empty() {
            let mut pass = self.verdict(Outcome::Pass);
            pass.exchanges = shown;
            verdicts.push(pass);
        }
        verdicts
    }

    /// The requests that must have been made: one for each tamper, or a plain one.
    fn requests(&self) -> Vec<Option<&str>> {
        match self.expected.tampers.as_slice() {
            [] => vec![None],
            names => names.iter().map(|name| Some(name.as_str())).collect(),
        }
    }

    fn exchanges(&self, tamper: Option<&str>) -> impl Iterator<Item = &Exchange> {
        use crate::transcript::Station::{IssuerMetadata, Offer};
        let expected = self.expected;
        let found = self.scene.transcript.at(expected.station).filter(move |exchange| {
            // What a wallet finds out when it meets an issuer belongs to no step.
            let same_step = match expected.station {
                IssuerMetadata | Offer => true,
                _ => exchange.step == expected.step,
            };
            same_step
                && exchange.wallet == expected.wallet
                && !exchange.superseded
                && exchange.tamper.as_ref().map(|tamper| tamper.name.as_str()) == tamper
        });
        let found: Vec<&Exchange> = found.collect();
        // Of the places where a document can be, the last one asked is the one that was used.
        let from = match expected.station {
            _ if expected.until => found.len().saturating_sub(1),
            IssuerMetadata | Offer => found.len().saturating_sub(1),
            _ => 0,
        };
        found.into_iter().skip(from)
    }

    fn without_evidence(&self, tamper: Option<&str>) -> Verdict {
        let transcript = self.scene.transcript;
        let skipped = transcript.skipped.iter().find(|one| Some(one.tamper.as_str()) == tamper);
        if let Some(skipped) = skipped {
            let why = format!("{} was not made: {}", skipped.tamper, skipped.why);
            return self.verdict(Outcome::NotTestable).because(why);
        }
        match &transcript.ending {
            Ending::Failed { why } => self.verdict(Outcome::Error).because(why),
            Ending::Stopped { why, .. } | Ending::NotApplicable { why } => {
                self.verdict(Outcome::NotTestable).because(why)
            }
            _ => {
                let why = format!("no exchange took place at {}", self.expected.station);
                self.verdict(Outcome::NotTestable).because(why)
            }
        }
    }

    fn weigh(&self, exchange: &Exchange) -> Vec<Verdict> {
        let number = exchange.number;
        if let Received::Failure(failure) = &exchange.received {
            return vec![self.verdict(Outcome::Error).because(&failure.says).shown(number)];
        }
        let Some(answered) = self.scene.answered().find(|one| one.exchange.number == number) else {
            return Vec::new();
        };
        let is_credential = self.expected.expect.credential.is_some();
        if is_credential && answered.puts_off().is_some() && !self.issues_later(exchange) {
            let why = self.scene.outstanding().unwrap_or_default();
            return vec![self.verdict(Outcome::NotTestable).because(why).shown(number)];
        }
        let unmet = self.unmet(&answered);
        if !unmet.is_empty() && is_throttled(&answered) {
            return vec![self.verdict(Outcome::Inconclusive).because(THROTTLED).shown(number)];
        }
        unmet.into_iter().map(|unmet| self.breach(unmet).shown(number)).collect()
    }

    fn unmet(&self, answered: &Answered<'_>) -> Vec<Unmet> {
        let expect = &self.expected.expect;
        let mut unmet = answer::unmet(expect, answered);
        // Credentials that were put off are looked for where they came, once.
        let is_put_off = answered.puts_off().is_some();
        let is_asked_again = is_put_off && answered.exchange.station == Station::Deferred;
        if let Some(expected) = expect.credential.as_ref().filter(|_| !is_asked_again) {
            let delivery = self.scene.delivery(answered);
            let answered = delivery.as_ref().unwrap_or(answered);
            unmet.extend(credential::unmet(expected, answered, self.scene));
        }
        if let Some(expected) = expect.status_value {
            unmet.extend(entry::unmet(expected, answered, self.scene));
        }
        unmet
    }

    /// Whether what an answer put off came, in this step or later.
    fn issues_later(&self, exchange: &Exchange) -> bool {
        let mut answered = self.scene.answered();
        let own = answered.find(|one| one.exchange.number == exchange.number);
        own.is_some_and(|own| self.scene.delivery(&own).is_some())
    }

    fn breach(&self, unmet: Unmet) -> Verdict {
        let mut verdict = match unmet.untestable {
            true => self.verdict(Outcome::NotTestable),
            false => self.verdict(Outcome::Fail),
        };
        verdict.expected = Some(unmet.expected);
        verdict.actual = Some(unmet.actual);
        verdict.claims = unmet.claims;
        verdict
    }

    fn verdict(&self, outcome: Outcome) -> Verdict {
        Verdict {
            endpoint: Some(self.expected.station),
            ..bare(self.scene, outcome, self.expected.step)
        }
    }
}

/// A script that came to a halt though all that it expects up to there was met: what would have
/// followed is expected too.
fn halt(scene: &Scene<'_>) -> Option<Verdict> {
    match &scene.transcript.ending {
        Ending::Stopped { step, why } => {
            Some(bare(scene, Outcome::NotTestable, *step).because(why))
        }
        Ending::Failed { why } => Some(bare(scene, Outcome::Error, 0).because(why)),
        Ending::NotApplicable { why } if !scene.transcript.exchanges.is_empty() => {
            Some(bare(scene, Outcome::NotTestable, 0).because(why))
        }
        _ => None,
    }
}

fn bare(scene: &Scene<'_>, outcome: Outcome, step: u32) -> Verdict {
    Verdict {
        check: EXPECTATION.id,
        endpoint: None,
        step: (step > 0).then_some(step),
        scenario: Some(scene.transcript.scenario.clone()),
        outcome,
        expected: None,
        actual: None,
        because: None,
        exchanges: Vec::new(),
        claims: Vec::new(),
        former: None,
    }
}

/// All of it in one finding.
fn worst(scene: &Scene<'_>) -> Finding {
    let verdicts = judge(scene);
    let Some(worst) = verdicts.iter().max_by_key(|verdict| verdict.outcome) else {
        return Finding::Silent("the scenario expects nothing of its own");
    };
    match worst.outcome {
        Outcome::Pass => Finding::Holds,
        Outcome::Fail => Finding::breaks(
            worst.expected.clone().unwrap_or_default(),
            worst.actual.clone().unwrap_or_default(),
        ),
        _ => Finding::Silent("a step that something is expected of was not taken"),
    }
}

#[cfg(test)]
mod tests;
