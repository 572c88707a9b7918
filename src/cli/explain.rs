//! `vcispec explain`: everything there is to say of one name.

use std::fmt::Write as _;

use super::arguments::ExplainArguments;
use super::{CliError, plan, terminal};
use crate::checks::{self, Check, requirements};
use crate::protocol::spec;
use crate::report::ExitStatus;
use crate::scenario::{Scenario, nearest};
use crate::wallet::tampers;

/// Prints what is known of a name, or the nearest name.
pub fn explain(arguments: &ExplainArguments) -> Result<ExitStatus, CliError> {
    let name = arguments.name.split(['@', '#']).next().unwrap_or_default();
    let scenarios = plan::scenarios()?;
    let text = checks::find(name)
        .map(|check| of_check(check, &scenarios))
        .or_else(|| scenarios.iter().find(|scenario| scenario.id == name).map(of_scenario))
        .or_else(|| {
            tampers::find(name).map(|tamper| format!("{name}  (tamper)\n  {}\n", tamper.says))
        })
        .or_else(|| requirements::find(name).map(of_requirement))
        .or_else(|| of_fault(name));
    match text {
        Some(text) => terminal::result(&text),
        None => return Err(unknown(name, &scenarios)),
    }
    Ok(ExitStatus::Green)
}

fn of_check(check: &Check, scenarios: &[Scenario]) -> String {
    let mut text = format!(
        "{}  ({}, since edition {})\n  {}\n\n",
        check.id,
        check.level.name(),
        check.since,
        check.obligation
    );
    for paragraph in check.doc.split("\n\n") {
        text.push_str(&wrapped(paragraph));
        text.push('\n');
    }
    text.pop();
    // What the authors of scenarios expect stands in no specification and in no table.
    if check.spec.is_empty() {
        return text;
    }
    let _ = writeln!(text, "\n  specification");
    for anchor in check.spec {
        let _ = writeln!(text, "    {}", spec::url(anchor).unwrap_or_else(|| (*anchor).to_owned()));
    }
    let _ = writeln!(text, "  requirements");
    for requirement in requirements::for_check(check.id) {
        let _ = writeln!(text, "    {}  {}", requirement.id, requirement.says);
    }
    let _ = writeln!(text, "  scenarios that aim at it");
    for scenario in
        scenarios.iter().filter(|scenario| scenario.aims.iter().any(|aim| aim == check.id))
    {
        let _ = writeln!(text, "    {}", scenario.id);
    }
    caught(check.id, &mut text);
    text
}

/// A paragraph in lines of at most 78 columns, indented; a longer word has a line of its own.
fn wrapped(paragraph: &str) -> String {
    let (mut text, mut used) = (String::new(), 0);
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > 76 {
            text.push('\n');
            used = 0;
        }
        text.push_str(if used == 0 { "  " } else { " " });
        text.push_str(word);
        used += length + usize::from(used > 0);
    }
    text.push('\n');
    text
}

fn of_scenario(scenario: &Scenario) -> String {
    let mut text = format!("{}  (scenario)\n  {}\n\n  aims\n", scenario.id, scenario.title);
    for aim in &scenario.aims {
        let _ = writeln!(text, "    {aim}");
    }
    let _ = writeln!(text, "  steps");
    for step in &scenario.steps {
        let tamper = match step.tamper.is_empty() {
            true => String::new(),
            false => format!(" with {}", step.tamper.join(", ")),
        };
        let _ = writeln!(text, "    {:?}{tamper}", step.action);
    }
    text
}

fn of_requirement(requirement: &requirements::Requirement) -> String {
    let mut text =
        format!("{}  ({})\n  {}\n", requirement.id, requirement.level.name(), requirement.says);
    let _ = writeln!(text, "  {}", requirement.standing());
    for anchor in &requirement.spec {
        let _ = writeln!(text, "  {}", spec::url(anchor).unwrap_or_else(|| anchor.clone()));
    }
    text
}

#[cfg(feature = "bundled-issuer")]
fn of_fault(name: &str) -> Option<String> {
    let fault = reference_issuer::fault(name)?;
    let mut text = format!("{}  (fault)\n  {}\n\n  caught by\n", fault.name, fault.says);
    for check in fault.caught_by {
        let _ = writeln!(text, "    {check}");
    }
    let _ = writeln!(
        text,
        "  see it\n    vcispec serve --configuration {} --fault {}",
        fault.config, fault.name
    );
    Some(text)
}

#[cfg(not(feature = "bundled-issuer"))]
fn of_fault(_: &str) -> Option<String> {
    None
}

#[cfg(feature = "bundled-issuer")]
fn caught(check: &str, text: &mut String) {
    let _ = writeln!(text, "  faults of the reference issuer that it catches");
    for fault in reference_issuer::FAULTS.iter().filter(|fault| fault.caught_by.contains(&check)) {
        let _ = writeln!(text, "    {}", fault.name);
    }
}

#[cfg(not(feature = "bundled-issuer"))]
fn caught(_: &str, _: &mut String) {}

fn unknown(name: &str, scenarios: &[Scenario]) -> CliError {
    let mut known: Vec<&str> = checks::all().map(|check| check.id).collect();
    known.extend(scenarios.iter().map(|scenario| scenario.id.as_str()));
    known.extend(tampers::all().map(|tamper| tamper.name));
    known.extend(requirements::all().iter().map(|requirement| requirement.id.as_str()));
    #[cfg(feature = "bundled-issuer")]
    known.extend(reference_issuer::FAULTS.iter().map(|fault| fault.name));
    CliError::Usage(match nearest(name, known) {
        Some(nearest) => format!(
            "nothing is called {name:?}; did you mean {nearest}?\n  vcispec explain {nearest}"
        ),
        None => format!("nothing is called {name:?}\n  vcispec list checks"),
    })
}
