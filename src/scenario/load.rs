//! TOML to scenario. Mistakes are told all at once, with their places and the nearest thing that
//! was meant.

use std::fmt;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::cases::{self, Case};
use super::check;
use super::nearest::Told;
use super::{OwnTamper, Scenario, Step};
use crate::transcript::{Expectation, Station};

/// The largest script, in octets.
pub const LARGEST: usize = 256 * 1024;
/// The most mistakes that are told.
const MOST_ERRORS: usize = 50;

/// Something that is wrong with a scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ScenarioError {
    /// Expected and found.
    pub message: String,
    /// What stands in the place.
    pub label: String,
    /// What was probably meant.
    pub help: Option<String>,
    /// The octets of the text that it is about.
    pub span: Option<Range<usize>>,
}

/// Why a scenario cannot be used: everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The scenario's id.
    pub id: String,
    /// What is wrong, in the order of the text; never empty.
    pub errors: Vec<ScenarioError>,
}

impl fmt::Display for Rejected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages: Vec<String> = self.errors.iter().map(ToString::to_string).collect();
        write!(formatter, "{}: {}", self.id, messages.join("; "))
    }
}

impl std::error::Error for Rejected {}

/// The words that a script may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Ids of checks.
    pub checks: Vec<&'static str>,
    /// The table of tampers.
    pub tampers: Vec<KnownTamper>,
}

/// A row of the table of tampers, as far as a script is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownTamper {
    /// Its name.
    pub name: &'static str,
    /// The endpoints it makes sense at.
    pub at: &'static [Station],
}

/// Reads a scenario, and sees to it that it names only what exists. A script with a data table
/// makes one scenario of each row.
pub fn load(id: &str, text: &str, known: &Vocabulary) -> Result<Vec<Scenario>, Rejected> {
    let mut findings = Findings::default();
    let scenarios = read(id, text, known, &mut findings);
    let errors = findings.sorted();
    if errors.is_empty() { Ok(scenarios) } else { Err(Rejected { id: id.to_owned(), errors }) }
}

fn read(id: &str, text: &str, known: &Vocabulary, findings: &mut Findings) -> Vec<Scenario> {
    if text.len() > LARGEST {
        findings.add(format!("expected at most {LARGEST} octets, found {}", text.len()), None);
        return Vec::new();
    }
    let (tree, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let Told { message, label, help } = Told::of(error.message());
        findings.errors.push(ScenarioError { message, label, help, span: error.span() });
    }
    if !errors.is_empty() {
        return Vec::new();
    }
    let mut tree = tree.into_inner();
    let rows = cases::rows(take(&mut tree, "case"), findings);
    let mut used = Vec::new();
    let scenarios = if rows.is_empty() {
        one(id, tree, None, known, &mut used, findings).into_iter().collect()
    } else {
        let each = rows.iter().zip(1..).filter_map(|(case, number): (_, usize)| {
            let id = format!("{id}[{number}]");
            let mut scenario = one(&id, tree.clone(), Some(case), known, &mut used, findings)?;
            if let Some(name) = &case.name {
                scenario.title = format!("{} ({name})", scenario.title);
            }
            Some(scenario)
        });
        each.collect()
    };
    cases::unused(&rows, &used, findings);
    scenarios
}

/// One scenario, with the columns of its case in place.
fn one<'t>(
    id: &str,
    mut tree: DeTable<'t>,
    case: Option<&Case<'t>>,
    known: &Vocabulary,
    used: &mut Vec<String>,
    findings: &mut Findings,
) -> Option<Scenario> {
    cases::fill_in(&mut tree, case, used, findings);
    let before = findings.errors.len();
    let steps = parts(take(&mut tree, "step"), "step", findings);
    let tampers = parts(take(&mut tree, "tamper"), "tamper", findings);
    let head = Spanned::new(0..0, DeValue::Table(tree));
    let mut scenario: Option<Scenario> = piece(head.clone(), findings);
    let read: Vec<Step> = steps.iter().filter_map(|part| step(part.clone(), findings)).collect();
    let own: Vec<OwnTamper> =
        tampers.iter().filter_map(|part| piece(part.clone(), findings)).collect();
    if let Some(scenario) = &mut scenario {
        scenario.id = id.to_owned();
        scenario.steps = read;
        scenario.tampers = own;
    }
    if findings.errors.len() > before {
        return None;
    }
    let scenario = scenario?;
    let columns = case.map(|case| case.names().map(str::to_owned).collect()).unwrap_or_default();
    let script = check::Script { scenario: &scenario, head, steps, tampers, columns };
    check::check(&script, known, findings);
    Some(scenario)
}

/// A step, its expectation read apart so that mistakes in both are told.
fn step(mut part: Spanned<DeValue<'_>>, findings: &mut Findings) -> Option<Step> {
    let expect = match part.get_mut() {
        DeValue::Table(table) => take(table, "expect"),
        _ => None,
    };
    let expect: Option<Option<Expectation>> = expect.map(|expect| piece(expect, findings));
    let mut step: Step = piece(part, findings)?;
    step.expect = match expect {
        Some(expect) => Some(expect?),
        None => None,
    };
    Some(step)
}

fn piece<T: DeserializeOwned>(part: Spanned<DeValue<'_>>, findings: &mut Findings) -> Option<T> {
    let whole = part.span();
    match T::deserialize(ValueDeserializer::from(part)) {
        Ok(piece) => Some(piece),
        Err(error) => {
            let Told { message, label, help } = Told::of(error.message());
            let span = error.span().filter(|span| !span.is_empty());
            let span = span.or(Some(whole).filter(|span| !span.is_empty()));
            findings.errors.push(ScenarioError { message, label, help, span });
            None
        }
    }
}

fn parts<'t>(
    list: Option<Spanned<DeValue<'t>>>,
    name: &str,
    findings: &mut Findings,
) -> Vec<Spanned<DeValue<'t>>> {
    let Some(list) = list else { return Vec::new() };
    let span = list.span();
    match list.into_inner() {
        DeValue::Array(items) => items.into_iter().collect(),
        _ => {
            findings.add(format!("expected [[{name}]], a list of tables"), Some(span));
            Vec::new()
        }
    }
}

fn take<'t>(table: &mut DeTable<'t>, name: &str) -> Option<Spanned<DeValue<'t>>> {
    table.remove(name)
}

/// What was found to be wrong so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    errors: Vec<ScenarioError>,
}

impl Findings {
    pub(super) fn add(&mut self, message: impl Into<String>, span: Option<Range<usize>>) {
        self.add_with_help(message, span, None);
    }

    pub(super) fn add_with_help(
        &mut self,
        message: impl Into<String>,
        span: Option<Range<usize>>,
        help: Option<String>,
    ) {
        let (message, label) = (message.into(), "here".to_owned());
        self.errors.push(ScenarioError { message, label, help, span });
    }

    /// In the order of the text, each once: the rows of a data table share most mistakes.
    fn sorted(self) -> Vec<ScenarioError> {
        let mut errors: Vec<ScenarioError> = Vec::new();
        for error in self.errors {
            if errors.len() < MOST_ERRORS && !errors.contains(&error) {
                errors.push(error);
            }
        }
        errors.sort_by_key(|error| error.span.as_ref().map_or(0, |span| span.start));
        errors
    }
}

#[cfg(test)]
mod tests;
