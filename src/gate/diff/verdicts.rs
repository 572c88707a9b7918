//! Verdict by verdict.

use super::{Change, Diff};
use crate::checks::Outcome;
use crate::gate::current_name;
use crate::report::{Recorded, RecordedVerdict};

/// The verdicts of a run, one for each check, endpoint and scenario.
struct Verdicts(Vec<RecordedVerdict>);

impl Verdicts {
    fn of(recorded: &Recorded) -> Self {
        let mut verdicts: Vec<RecordedVerdict> = Vec::new();
        for mut verdict in recorded.verdicts() {
            verdict.name = current_name(&verdict.name);
            // A refusal that was tried again by itself belongs to the scenario it came from.
            let whole = |id: &String| id.split('#').next().unwrap_or(id).to_owned();
            verdict.scenario = verdict.scenario.as_ref().map(whole);
            let same = |other: &&mut RecordedVerdict| other.is_same(&verdict);
            match verdicts.iter_mut().find(same) {
                Some(same) if verdict.outcome > same.outcome => *same = verdict,
                Some(_) => {}
                None => verdicts.push(verdict),
            }
        }
        Self(verdicts)
    }

    fn find(&self, like: &RecordedVerdict) -> Option<&RecordedVerdict> {
        self.0.iter().find(|verdict| verdict.is_same(like))
    }

    /// Whether the same check at the same endpoint has such an outcome in some scenario.
    fn any(&self, like: &RecordedVerdict, is_so: impl Fn(Outcome) -> bool) -> bool {
        self.0.iter().any(|verdict| verdict.name == like.name && is_so(verdict.judged()))
    }
}

impl RecordedVerdict {
    fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.scenario == other.scenario
    }
}

/// Files each verdict, and each finding of the gate, under the section it belongs to.
pub(super) fn compare(old: &Recorded, new: &Recorded, diff: &mut Diff) {
    let (before, after) = (Verdicts::of(old), Verdicts::of(new));
    for verdict in &after.0 {
        let was = before.find(verdict);
        if let Some(section) = section(verdict, was, &before, diff) {
            change(was, Some(verdict)).into_section(section);
        }
    }
    for gone in before.0.iter().filter(|verdict| after.find(verdict).is_none()) {
        if is_judged(gone.judged()) && !after.any(gone, |_| true) {
            change(Some(gone), None).into_section(&mut diff.no_longer_judged);
        }
    }
    for finding in new.findings() {
        let was = old
            .findings()
            .find(|other| other.outcome == finding.outcome && other.name == finding.name);
        let section = if was.is_some() { &mut diff.still_failing } else { &mut diff.new_failures };
        section.push(Change {
            name: finding.name.clone().unwrap_or_default(),
            obligation: None,
            was: was.map(|was| was.outcome),
            is: Some(finding.outcome),
            scenarios: Vec::new(),
            expected: finding.expected.clone(),
            actual: finding.actual.clone(),
            because: finding.because.clone(),
        });
    }
}

/// The section of a verdict of the new run. A verdict that the old run does not have is compared
/// with those on the same check in its other scenarios.
fn section<'a>(
    verdict: &RecordedVerdict,
    was: Option<&RecordedVerdict>,
    before: &Verdicts,
    diff: &'a mut Diff,
) -> Option<&'a mut Vec<Change>> {
    let was_so = |is_so: fn(Outcome) -> bool| match was {
        Some(was) => is_so(was.judged()),
        None => before.any(verdict, is_so),
    };
    let was_known = was.is_some_and(|was| was.outcome == Outcome::Known);
    match verdict.outcome {
        Outcome::Known if !was_known => Some(&mut diff.newly_known),
        Outcome::Known => None,
        outcome if outcome.is_red() && was_so(Outcome::is_red) => Some(&mut diff.still_failing),
        outcome if outcome.is_red() => Some(&mut diff.new_failures),
        Outcome::Warn if was.is_some_and(|was| was.judged().is_red()) => Some(&mut diff.fixed),
        Outcome::Warn if !was_so(is_complaint) => Some(&mut diff.new_warnings),
        Outcome::Warn => None,
        Outcome::Pass | Outcome::Note if was.is_some_and(|was| is_complaint(was.judged())) => {
            Some(&mut diff.fixed)
        }
        Outcome::Pass | Outcome::Note if !was_so(is_judged) => Some(&mut diff.newly_judged),
        Outcome::NotApplicable | Outcome::NotRun if was.is_some() && was_so(is_judged) => {
            Some(&mut diff.no_longer_judged)
        }
        _ => None,
    }
}

fn is_complaint(judged: Outcome) -> bool {
    judged == Outcome::Warn || judged.is_red()
}

/// Weighed, or red for want of something to weigh.
fn is_judged(judged: Outcome) -> bool {
    !matches!(judged, Outcome::NotApplicable | Outcome::NotRun)
}

fn change(was: Option<&RecordedVerdict>, is: Option<&RecordedVerdict>) -> Change {
    let told = is.or(was);
    // What is mended is told by what was wrong with it.
    let breach = is.filter(|is| is.actual.is_some()).or(was);
    let why_known = |verdict: &RecordedVerdict| Some(verdict.known.as_ref()?.reason.clone());
    Change {
        name: told.map(|told| told.name.clone()).unwrap_or_default(),
        obligation: told.map(|told| told.obligation.clone()),
        was: was.map(|was| was.outcome),
        is: is.map(|is| is.outcome),
        scenarios: told.and_then(|told| told.scenario.clone()).into_iter().collect(),
        expected: breach.and_then(|breach| breach.expected.clone()),
        actual: breach.and_then(|breach| breach.actual.clone()),
        because: is.and_then(|is| why_known(is).or_else(|| is.because.clone())),
    }
}
