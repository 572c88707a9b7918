//! A run held against the snapshot of its issuer: whatever is not as it was recorded is DRIFT,
//! conformant or not, until somebody has reviewed the change.

use super::shape::Shape;
use super::shapes::{Reached, ScenarioShapes, Seen, Shapes};
use crate::checks::Outcome;
use crate::report::{Difference, Place, Problem};
use crate::transcript::Transcript;

/// The name of the finding that there was nothing to compare.
const NOTHING: &str = "drift/nothing-to-compare";

/// What came of holding a run against a snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// How many scenarios are recorded.
    pub recorded: usize,
    /// How many of them this run has too.
    pub compared: usize,
    /// One for each change, however many scenarios show it. Without a scenario to compare there
    /// is one that says so: a snapshot that is never looked at must not be green.
    pub problems: Vec<Problem>,
}

/// Compares the scenarios that are recorded and were run. Those that were not run, or do not
/// apply any more, are no drift by themselves.
pub fn drift(recorded: &Shapes, now: &Shapes, transcripts: &[Transcript]) -> Comparison {
    let both = recorded.scenarios.iter().filter_map(|(id, recorded)| {
        let now = now.scenarios.get(id).filter(|now| now.reached != Reached::NoAnswer)?;
        // Two that have nothing to tell are not alike for it.
        let tells = !recorded.seen.is_empty() || !now.seen.is_empty();
        tells.then_some((id.as_str(), recorded, now))
    });
    let both: Vec<_> = both.collect();
    let mut changes: Vec<Change<'_>> = Vec::new();
    for (id, recorded, now) in &both {
        for (was, is) in changed(recorded, now) {
            let numbers = is.map(|seen| seen.exchanges.clone()).unwrap_or_default();
            let known = changes.iter_mut().find(|change| change.is(was, is));
            match known {
                Some(change) => change.places.push((id, numbers)),
                None => changes.push(Change { was, is, places: vec![(id, numbers)] }),
            }
        }
    }
    let mut problems: Vec<Problem> =
        changes.iter().map(|change| change.problem(transcripts)).collect();
    if both.is_empty() {
        problems.push(nothing(recorded));
    }
    Comparison { recorded: recorded.scenarios.len(), compared: both.len(), problems }
}

/// A shape that was recorded, and what stands in its place. At least one side is there.
#[derive(Clone, Debug)]
struct Change<'a> {
    was: Option<&'a Seen>,
    is: Option<&'a Seen>,
    places: Vec<(&'a str, Vec<u32>)>,
}

impl Change<'_> {
    fn is(&self, was: Option<&Seen>, is: Option<&Seen>) -> bool {
        let same = |one: Option<&Seen>, other: Option<&Seen>| match (one, other) {
            (Some(one), Some(other)) => one.name == other.name && one.shape.is_like(&other.shape),
            (one, other) => one.is_none() && other.is_none(),
        };
        same(self.was, was) && same(self.is, is)
    }

    fn problem(&self, transcripts: &[Transcript]) -> Problem {
        let name = self.was.or(self.is).map_or("", |seen| seen.name.as_str());
        let mut problem = Problem::of_the_gate(Outcome::Drift, address(name));
        match (self.was, self.is) {
            (Some(was), Some(is)) => {
                problem.differences = was.shape.differences(&is.shape);
                problem.expected = Some("what the snapshot has".to_owned());
                problem.actual = Some(in_words(&problem.differences));
            }
            (Some(was), None) => {
                problem.expected = Some(format!("an exchange like {}", request(&was.shape)));
                problem.actual = Some("none took place".to_owned());
            }
            (_, Some(is)) => {
                problem.expected = Some("no such exchange: none was recorded".to_owned());
                problem.actual = Some(request(&is.shape));
            }
            (None, None) => {}
        }
        problem.places = self
            .places
            .iter()
            .map(|(id, numbers)| Place::of(transcripts, Some(id), numbers, &[]))
            .collect();
        problem
    }
}

/// The shapes of a scenario that are no longer seen, each beside the most similar one that is
/// new. Where the wallet came to a halt at a change, what it did not get to is no change.
fn changed<'a>(
    recorded: &'a ScenarioShapes,
    now: &'a ScenarioShapes,
) -> Vec<(Option<&'a Seen>, Option<&'a Seen>)> {
    let is_in = |one: &Seen, others: &[Seen]| {
        others.iter().any(|other| other.name == one.name && other.shape.is_like(&one.shape))
    };
    let gone = recorded.seen.iter().filter(|seen| !is_in(seen, &now.seen));
    let mut new: Vec<&Seen> = now.seen.iter().filter(|seen| !is_in(seen, &recorded.seen)).collect();
    let mut changes = Vec::new();
    for was in gone {
        let likeness = |seen: &&Seen| seen.shape.likeness(&was.shape);
        let successor =
            new.iter().filter(|seen| seen.name == was.name).max_by_key(|seen| likeness(seen));
        let successor = successor.copied();
        new.retain(|seen| successor.is_none_or(|successor| !std::ptr::eq(*seen, successor)));
        changes.push((Some(was), successor));
    }
    changes.extend(new.into_iter().map(|is| (None, Some(is))));
    let halted_by_a_change =
        now.reached == Reached::AHalt && changes.iter().any(|(_, is)| is.is_some());
    if halted_by_a_change {
        changes.retain(|(_, is)| is.is_some());
    }
    changes
}

fn nothing(recorded: &Shapes) -> Problem {
    let mut problem = Problem::of_the_gate(Outcome::Drift, NOTHING.to_owned());
    let names: Vec<&str> = recorded.scenarios.keys().map(String::as_str).take(4).collect();
    problem.expected = Some("a scenario in this run that is in the snapshot too".to_owned());
    problem.actual = Some(match recorded.scenarios.len() {
        0 => "the snapshot has no scenarios".to_owned(),
        count => {
            let dots = if count > names.len() { ", …" } else { "" };
            format!("none of its {count} was run and answered: {}{dots}", names.join(", "))
        }
    });
    problem
}

/// `drift/credential@pid`, after the manner of checks.
fn address(name: &str) -> String {
    match name.split_once(' ') {
        Some((station, configuration)) => {
            format!("drift/{}@{configuration}", station.replace('_', "-"))
        }
        None => format!("drift/{}", name.replace('_', "-")),
    }
}

fn request(shape: &Shape) -> String {
    format!("{} → {}", shape.head("request"), shape.head("status"))
}

/// The differences in one line, for renderings without room for more.
fn in_words(differences: &[Difference]) -> String {
    let one = |difference: &Difference| match (&difference.recorded, &difference.now) {
        (Some(was), Some(is)) => format!("{} was {was}, is {is}", difference.value),
        (Some(was), None) => format!("{} was {was}, is gone", difference.value),
        (None, is) => format!("{} is new: {}", difference.value, is.as_deref().unwrap_or_default()),
    };
    let told: Vec<String> = differences.iter().take(3).map(one).collect();
    match differences.len().saturating_sub(told.len()) {
        0 => told.join("; "),
        more => format!("{}; and {more} more", told.join("; ")),
    }
}
