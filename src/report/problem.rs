//! What is not as it should be, told once for each cause.
//!
//! One fault of an issuer breaks many obligations. Verdicts that rest on the same exchange and
//! the same finding are one problem; so is everything that could not be judged because a
//! scenario came to a halt.

use schemars::JsonSchema;
use serde::Serialize;

use super::folded::{Variation, by_name, by_reason};
use super::{CheckResult, Difference, Known, Place, ReportedVerdict, Sighting, counted};
use crate::checks::{Level, Outcome};
use crate::transcript::{Ending, Transcript};

/// A cause, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    /// The worst outcome it leads to.
    pub outcome: Outcome,
    /// `check@endpoint`; none when a scenario came to a halt and no check is to blame.
    pub name: Option<String>,
    /// The id of that check, for `vcispec explain`.
    pub check: Option<&'static str>,
    /// The keyword of the specification.
    pub level: Option<Level>,
    /// The obligation in one sentence.
    pub obligation: Option<&'static str>,
    /// What the specification asks for.
    pub expected: Option<String>,
    /// What the issuer did.
    pub actual: Option<String>,
    /// Why it could not be judged, what bounds the observation, or why a scenario halted.
    pub because: Option<String>,
    /// The values that drifted from the snapshot, of a DRIFT.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// Where it was seen, once for each scenario.
    pub places: Vec<Place>,
    /// Who knows of it, and why it is let pass.
    pub known: Option<Known>,
    /// What else the check found, elsewhere or to a lesser degree.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<Variation>,
    /// The other verdicts that rest on it.
    pub consequences: Vec<Consequence>,
    /// Whether the cause is an older draft that the issuer speaks.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_an_older_draft: bool,
}

/// A verdict that rests on a cause told elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Consequence {
    /// `check@endpoint`.
    pub name: String,
    /// What it came to.
    pub outcome: Outcome,
    /// The obligation in one sentence.
    pub obligation: &'static str,
}

impl Consequence {
    /// The id of its check.
    pub(super) fn check(&self) -> &str {
        self.name.split('@').next().unwrap_or_default()
    }
}

/// A verdict that is to be told, with its check.
type Told<'a> = (&'a CheckResult, &'a ReportedVerdict);

/// The problems of a redacted run. `draft` says which older draft the issuer speaks, where that
/// explains any.
pub(super) fn problems(
    run: &[Transcript],
    results: &[CheckResult],
    draft: Option<&str>,
) -> Vec<Problem> {
    let told = results.iter().flat_map(|result| {
        let verdicts = result.verdicts.iter();
        verdicts.map(move |verdict| (result, verdict))
    });
    let (halted, found): (Vec<Told<'_>>, Vec<Told<'_>>) = told
        .filter(|(_, verdict)| is_worth_telling(verdict))
        .partition(|(_, verdict)| halt_behind(run, verdict).is_some());
    let mut problems = halts(run, &halted);
    let (of_a_draft, found): (Vec<Told<'_>>, Vec<Told<'_>>) =
        found.into_iter().partition(|(_, verdict)| is_of_a_draft(verdict));
    problems.extend(draft.and_then(|draft| older_draft(run, &of_a_draft, draft)));
    for verdict in found {
        tell(run, verdict, &mut problems);
    }
    by_reason(by_name(by_cause(problems)))
}

fn is_worth_telling(verdict: &ReportedVerdict) -> bool {
    let unremarkable =
        matches!(verdict.outcome, Outcome::Pass | Outcome::NotApplicable | Outcome::NotRun);
    !unremarkable && !super::is_told_at_the_top(verdict)
}

/// Whether an older draft explains it. What somebody knows of is told by itself.
fn is_of_a_draft(verdict: &ReportedVerdict) -> bool {
    verdict.former.is_some() && verdict.known.is_none()
}

/// Everything that an older draft explains, as one problem.
fn older_draft(run: &[Transcript], told: &[Told<'_>], draft: &str) -> Option<Problem> {
    let outcome = told.iter().map(|(_, verdict)| verdict.outcome).max()?;
    let mut places: Vec<Place> = Vec::new();
    for (_, verdict) in told {
        let place = Place::of(run, verdict.scenario.as_deref(), &[], &[]);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    Some(Problem {
        because: Some(format!("the issuer {draft}")),
        places,
        consequences: deduplicated(told.iter().map(|one| consequence(*one)).collect()),
        is_an_older_draft: true,
        ..Problem::nameless(outcome)
    })
}

/// The scenario whose halt is the reason for this verdict.
fn halt_behind<'a>(run: &'a [Transcript], verdict: &ReportedVerdict) -> Option<&'a Transcript> {
    if !matches!(verdict.outcome, Outcome::NotTestable | Outcome::Error) {
        return None;
    }
    let because = verdict.because.as_deref()?;
    run.iter().find(|transcript| {
        let same =
            verdict.scenario.as_ref().is_none_or(|scenario| *scenario == transcript.scenario);
        same && halt(transcript).is_some_and(|(_, why)| why == because)
    })
}

fn halt(transcript: &Transcript) -> Option<(Outcome, &str)> {
    match &transcript.ending {
        Ending::Stopped { why, .. } => Some((Outcome::NotTestable, why)),
        Ending::Failed { why } => Some((Outcome::Error, why)),
        Ending::Completed | Ending::NotApplicable { .. } | Ending::NotRun { .. } => None,
    }
}

/// Scenarios that came to a halt for the same reason are one problem. A script that stopped when
/// all it aimed at had been judged is none.
fn halts(run: &[Transcript], halted: &[Told<'_>]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    for transcript in run {
        let Some((outcome, why)) = halt(transcript) else {
            continue;
        };
        let rest = halted.iter().filter(|(_, verdict)| {
            let here = verdict.scenario.as_ref() == Some(&transcript.scenario);
            let of_the_run = verdict.scenario.is_none();
            (here || of_the_run) && verdict.because.as_deref() == Some(why)
        });
        let consequences: Vec<Consequence> = rest.map(|told| consequence(*told)).collect();
        if outcome != Outcome::Error && consequences.is_empty() {
            continue;
        }
        let last = transcript.exchanges.last().map(|exchange| exchange.number);
        let place = Place::of(run, Some(&transcript.scenario), last.as_slice(), &[]);
        let known = problems
            .iter_mut()
            .find(|known| known.outcome == outcome && known.because.as_deref() == Some(why));
        match known {
            Some(known) => {
                known.places.push(place);
                known.add(consequences);
            }
            None => problems.push(Problem {
                because: Some(why.to_owned()),
                places: vec![place],
                consequences: deduplicated(consequences),
                ..Problem::nameless(outcome)
            }),
        }
    }
    problems
}

/// Tells a verdict: as a further place of one already told, or as a problem of its own.
fn tell(run: &[Transcript], (result, verdict): Told<'_>, problems: &mut Vec<Problem>) {
    let words = [&verdict.expected, &verdict.actual].map(|text| text.as_deref().unwrap_or(""));
    let place = Place::of(run, verdict.scenario.as_deref(), &verdict.exchanges, &words);
    let same = problems.iter_mut().find(|problem| {
        problem.name.as_ref() == Some(&verdict.name)
            && problem.outcome == verdict.outcome
            && problem.expected == verdict.expected
            && problem.actual == verdict.actual
            && problem.because == verdict.because
            && problem.known == verdict.known
    });
    match same {
        Some(problem) => problem.places.push(place),
        None => problems.push(Problem {
            outcome: verdict.outcome,
            name: Some(verdict.name.clone()),
            check: Some(result.check),
            level: Some(result.level),
            obligation: Some(result.obligation),
            expected: verdict.expected.clone(),
            actual: verdict.actual.clone(),
            because: verdict.because.clone(),
            differences: Vec::new(),
            known: verdict.known.clone(),
            places: vec![place],
            otherwise: Vec::new(),
            consequences: Vec::new(),
            is_an_older_draft: false,
        }),
    }
}

/// Folds problems that rest on the same exchanges and the same finding into the worst of them.
fn by_cause(problems: Vec<Problem>) -> Vec<Problem> {
    let mut causes: Vec<Problem> = Vec::new();
    for problem in problems {
        match causes.iter_mut().find(|cause| cause.is_same_cause(&problem)) {
            Some(cause) if problem.outcome > cause.outcome => {
                let former = std::mem::replace(cause, problem);
                cause.absorb(former);
            }
            Some(cause) => cause.absorb(problem),
            None => causes.push(problem),
        }
    }
    causes
}

impl Problem {
    /// Something that the gate found beside the verdicts: DRIFT or STALE.
    pub fn of_the_gate(outcome: Outcome, name: String) -> Self {
        Self { name: Some(name), ..Self::nameless(outcome) }
    }

    /// What an older draft leaves unmet, each outcome counted apart: the worst as obligations, the
    /// rest beside them.
    pub fn unmet_by_an_older_draft(&self) -> String {
        let of = |outcome| self.consequences.iter().filter(|one| one.outcome == outcome).count();
        let mut rest: Vec<Outcome> = self.consequences.iter().map(|one| one.outcome).collect();
        rest.retain(|outcome| *outcome != self.outcome);
        rest.sort_unstable();
        rest.dedup();
        let rest = rest.iter().rev().map(|outcome| format!("{} {}", of(*outcome), outcome.name()));
        let beside = match rest.collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => none,
            some => format!("; beside it {some}"),
        };
        let obligations = counted(of(self.outcome), "obligation");
        format!("{obligations} of 1.0 not met, by speaking an older draft{beside}")
    }

    fn nameless(outcome: Outcome) -> Self {
        Self {
            outcome,
            name: None,
            check: None,
            level: None,
            obligation: None,
            expected: None,
            actual: None,
            because: None,
            differences: Vec::new(),
            places: Vec::new(),
            known: None,
            otherwise: Vec::new(),
            consequences: Vec::new(),
            is_an_older_draft: false,
        }
    }

    /// Whether the gate found it: it is about no check, and is told beside the verdicts.
    pub fn is_of_the_gate(&self) -> bool {
        matches!(self.outcome, Outcome::Drift | Outcome::Stale)
    }

    /// The same finding in the same exchanges. Whatever was expected of an answer that is a
    /// server error, the error is the cause.
    fn is_same_cause(&self, other: &Self) -> bool {
        let same_finding = self.actual.is_some() && self.actual == other.actual;
        let shown = !self.sightings().is_empty();
        let crash = self
            .sightings()
            .iter()
            .all(|sighting| sighting.status.is_some_and(|status| status >= 500));
        shown
            && self.known == other.known
            && (same_finding || crash)
            && self.seen_at() == other.seen_at()
    }

    fn sightings(&self) -> Vec<&Sighting> {
        self.places.iter().flat_map(|place| &place.exchanges).collect()
    }

    /// The scenarios and numbers of the exchanges that show it.
    fn seen_at(&self) -> Vec<(Option<&str>, Vec<u32>)> {
        let numbers = |place: &Place| place.exchanges.iter().map(|one| one.number).collect();
        self.places.iter().map(|place| (place.scenario.as_deref(), numbers(place))).collect()
    }

    fn absorb(&mut self, other: Self) {
        let mut consequences = other.consequences;
        if let (Some(name), Some(obligation)) = (other.name, other.obligation) {
            consequences.insert(0, Consequence { name, outcome: other.outcome, obligation });
        }
        self.add(consequences);
    }

    pub(super) fn add(&mut self, consequences: Vec<Consequence>) {
        self.consequences.extend(consequences);
        self.consequences = deduplicated(std::mem::take(&mut self.consequences));
    }
}

fn consequence((result, verdict): Told<'_>) -> Consequence {
    Consequence {
        name: verdict.name.clone(),
        outcome: verdict.outcome,
        obligation: result.obligation,
    }
}

fn deduplicated(consequences: Vec<Consequence>) -> Vec<Consequence> {
    let mut once: Vec<Consequence> = Vec::new();
    for consequence in consequences {
        if !once.contains(&consequence) {
            once.push(consequence);
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_older_draft_leaves_unmet_is_counted_by_outcome() {
        let says = |outcomes: &[Outcome]| {
            let consequences = outcomes.iter().map(|outcome| Consequence {
                name: "check".into(),
                outcome: *outcome,
                obligation: "it is so",
            });
            let worst = outcomes.iter().max().copied().unwrap_or(Outcome::Note);
            let problem = Problem {
                consequences: consequences.collect(),
                is_an_older_draft: true,
                ..Problem::nameless(worst)
            };
            problem.unmet_by_an_older_draft()
        };
        let (fail, warn, note) = (Outcome::Fail, Outcome::Warn, Outcome::Note);
        assert_eq!(
            says(&[warn, fail, note, fail, warn]),
            "2 obligations of 1.0 not met, by speaking an older draft; beside it 2 WARN, 1 NOTE"
        );
        assert_eq!(says(&[warn]), "1 obligation of 1.0 not met, by speaking an older draft");
    }
}
