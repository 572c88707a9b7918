//! One problem: the lines that end an argument.

use super::differences;
use crate::checks::Outcome;
use crate::render::page::{Ink, Page};
use crate::report::{Known, Place, Problem, counted};

/// How many exchanges of a scenario, and how many further scenarios, are told by name.
const TOLD: usize = 3;
/// How many checks that could not be judged are told by name; every report of another kind has
/// them all.
const TOLD_CHECKS: usize = 12;

pub(super) fn block(problem: &Problem, run_id: &str, page: &mut Page) {
    let ink = match problem.outcome {
        Outcome::Note
        | Outcome::Pass
        | Outcome::Known
        | Outcome::NotApplicable
        | Outcome::NotRun => Ink::Dim,
        Outcome::Warn => Ink::Yellow,
        _ => Ink::Red,
    };
    let outcome = problem.outcome.name();
    match &problem.name {
        Some(name) => {
            let level = problem.level.filter(|_| problem.outcome != Outcome::Note);
            let level = level.map(|level| format!("  ({})", level.name())).unwrap_or_default();
            page.line(&[(ink, outcome), (Ink::Normal, " "), (Ink::Bold, name), (Ink::Dim, &level)]);
        }
        None => {
            let kept = match problem.consequences.len() {
                _ if problem.is_an_older_draft => {
                    format!(" {}", problem.unmet_by_an_older_draft())
                }
                0 => " a scenario broke off".to_owned(),
                count => format!(" {} could not be judged", counted(count, "check")),
            };
            page.line(&[(ink, outcome), (Ink::Normal, &kept)]);
        }
    }
    labelled("obligation", problem.obligation, page);
    if problem.differences.is_empty() {
        let told = if problem.is_of_the_gate() { in_lines } else { labelled };
        told("expected", problem.expected.as_deref(), page);
        told("actual", problem.actual.as_deref(), page);
    } else {
        differences::lines(&problem.differences, page);
    }
    labelled("because", problem.because.as_deref(), page);
    labelled("known", problem.known.as_ref().map(Known::in_words).as_deref(), page);
    places(&problem.places, page);
    if problem.outcome != Outcome::Note {
        trace(&problem.places, run_id, page);
    }
    otherwise(problem, page);
    consequences(problem, page);
    if let Some(check) = problem.check {
        page.line(&[
            (Ink::Dim, "  more        "),
            (Ink::Bold, &format!("vcispec explain {check}")),
        ]);
    }
}

/// The way out of drift that was meant. `vcispec snapshot` itself says it once, at its end.
pub(super) fn way_out(problem: &Problem, page: &mut Page) {
    if problem.outcome == Outcome::Drift {
        let command = "vcispec snapshot --update";
        page.line(&[
            (Ink::Dim, "  planned?    "),
            (Ink::Bold, command),
            (Ink::Normal, ", after review"),
        ]);
    }
}

fn labelled(label: &str, text: Option<&str>, page: &mut Page) {
    if let Some(text) = text {
        page.paragraph(&format!("  {label:<10}  "), text, Ink::Normal);
    }
}

/// A text of the gate, which is set in lines. A line break in an issuer's own words is told as one.
fn in_lines(label: &str, text: Option<&str>, page: &mut Page) {
    for (index, line) in text.into_iter().flat_map(str::lines).enumerate() {
        labelled(if index == 0 { label } else { "" }, Some(line), page);
    }
}

fn places(places: &[Place], page: &mut Page) {
    let Some((first, others)) = places.split_first() else {
        return;
    };
    let scenario = first.scenario.as_deref().unwrap_or("the run as a whole");
    match first.exchanges.as_slice() {
        [] => labelled("where", Some(scenario), page),
        [only] => labelled("where", Some(&format!("{scenario}, {}", only.in_words())), page),
        several => {
            labelled("where", Some(scenario), page);
            for one in several.iter().take(TOLD) {
                labelled("", Some(&one.in_words()), page);
            }
            if several.len() > TOLD {
                let more = counted(several.len() - TOLD, "further exchange");
                labelled("", Some(&format!("and {more}")), page);
            }
        }
    }
    let mut names: Vec<&str> =
        others.iter().take(TOLD).filter_map(|place| place.scenario.as_deref()).collect();
    let more = format!("{} more", others.len().saturating_sub(TOLD));
    if others.len() > TOLD {
        names.push(&more);
    }
    if !names.is_empty() {
        labelled("", Some(&format!("also in {}", names.join(", "))), page);
    }
}

/// What the issuer's own log knows the exchange by.
fn trace(places: &[Place], run_id: &str, page: &mut Page) {
    let last = places.first().and_then(|place| place.exchanges.last());
    if let Some(sighting) = last {
        let text = match &sighting.span_id {
            Some(span) => format!("{run_id}, span {span}"),
            None => run_id.to_owned(),
        };
        labelled("trace", Some(&text), page);
    }
}

/// What else the check found, the rest of it by number.
fn otherwise(problem: &Problem, page: &mut Page) {
    let label = |index: usize| if index == 0 { "otherwise" } else { "" };
    for (index, variation) in problem.otherwise.iter().take(TOLD).enumerate() {
        labelled(label(index), Some(&variation.in_words()), page);
    }
    if problem.otherwise.len() > TOLD {
        let more = format!("and {} more", problem.otherwise.len() - TOLD);
        labelled("", Some(&more), page);
    }
}

fn consequences(problem: &Problem, page: &mut Page) {
    if problem.consequences.is_empty() {
        return;
    }
    let names = problem.consequences.iter().map(|consequence| {
        if consequence.outcome == problem.outcome {
            consequence.name.clone()
        } else {
            format!("{} ({})", consequence.name, consequence.outcome.name())
        }
    });
    let mut names: Vec<String> = names.collect();
    let more = names.len().saturating_sub(TOLD_CHECKS);
    if more > 1 {
        names.truncate(TOLD_CHECKS);
        names.push(format!("and {}", counted(more, "other")));
    }
    let label = if problem.name.is_some() { "hence also" } else { "checks" };
    labelled(label, Some(&names.join(", ")), page);
}
