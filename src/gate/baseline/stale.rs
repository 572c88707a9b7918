//! The words of STALE: which entry, what the run shows, what to do about it.

use jiff::civil::Date;

use super::standing::{Standing, Told};
use super::{Baseline, Entry};
use crate::checks::Outcome;
use crate::report::{Problem, Report, counted};

/// How many checks are told by name.
const TOLD: usize = 3;

/// What is stale about an entry, if anything is.
pub(super) fn finding(
    entry: &Entry,
    baseline: &Baseline,
    report: &Report,
    today: Date,
) -> Option<Problem> {
    let place = format!("{}:{}", baseline.file, entry.line);
    let standing = Standing::of(entry, baseline, report);
    let mut problem = Problem::of_the_gate(Outcome::Stale, entry.pattern());
    let known = format!("a failure that {place} knows of: {}", entry.reason);
    let (expected, actual, because) = match (standing, entry.expires) {
        (Standing::Shadowed(shadow), _) => (
            format!("a failure that no entry before {place} covers"),
            format!("line {} ({}) covers the same and counts first", shadow.line, shadow.pattern()),
            format!("it never gets to match: take line {} or line {} out", entry.line, shadow.line),
        ),
        (Standing::Passes(passing), _) => (
            known,
            format!("it passes now: {}", named(&passing)),
            format!("left in place it would hide the next failure: take {place} out"),
        ),
        (standing, Some(last)) if entry.has_expired(today) => {
            let actual = match standing {
                Standing::Fails(failing) => format!("it still fails: {}", named(&failing)),
                _ => "this run does not show whether it still fails".to_owned(),
            };
            let because = format!("expired on {last}: mend it, or give {place} a later day");
            (known, actual, because)
        }
        (Standing::Fails(_) | Standing::Undecided, _) => return None,
    };
    problem.expected = Some(expected);
    problem.actual = Some(actual);
    problem.because = Some(because);
    Some(problem)
}

/// `nonce/is-uncacheable in discovery/nonces and 3 more scenarios, … and 2 more checks`.
fn named(told: &[Told<'_>]) -> String {
    let mut by_name: Vec<(&str, Vec<&str>)> = Vec::new();
    for (_, verdict) in told {
        let scenario = verdict.scenario.as_deref();
        match by_name.iter_mut().find(|(name, _)| *name == verdict.name) {
            Some((_, scenarios)) => scenarios.extend(scenario),
            None => by_name.push((&verdict.name, scenario.into_iter().collect())),
        }
    }
    let mut names: Vec<String> = by_name.iter().take(TOLD).map(one).collect();
    if by_name.len() > TOLD {
        names.push(format!("and {}", counted(by_name.len() - TOLD, "more check")));
    }
    names.join(", ")
}

fn one((name, scenarios): &(&str, Vec<&str>)) -> String {
    match scenarios.as_slice() {
        [] => (*name).to_owned(),
        [only] => format!("{name} in {only}"),
        [first, others @ ..] => {
            format!("{name} in {first} and {}", counted(others.len(), "more scenario"))
        }
    }
}
