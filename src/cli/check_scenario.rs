//! `vcispec check-scenario`: whether scripts can be run, without running them.

use super::arguments::CheckScenarioArguments;
use super::{CliError, scenarios, terminal};
use crate::report::{ExitStatus, counted};
use crate::scenario::Scenario;

/// Prints a line for each script that is right, and everything that is wrong with the others.
pub fn check_scenario(arguments: &CheckScenarioArguments) -> Result<ExitStatus, CliError> {
    let mut status = ExitStatus::Green;
    for script in scenarios::find(&arguments.files)? {
        let path = script.path.display();
        match scenarios::read(&script)? {
            Ok(read) => terminal::result(&format!("OK  {path}: {}", in_words(&script.id, &read))),
            Err(told) => {
                terminal::problem(&format!("{path} cannot be run\n{told}"));
                status = ExitStatus::Usage;
            }
        }
    }
    Ok(status)
}

fn in_words(id: &str, scenarios: &[Scenario]) -> String {
    let steps = scenarios.first().map_or(0, |scenario| scenario.steps.len());
    let offers: usize = scenarios.iter().map(Scenario::offers).sum();
    let expectations: usize = scenarios
        .iter()
        .flat_map(|scenario| &scenario.steps)
        .filter_map(|step| Some(step.expect.as_ref()?.len()))
        .sum();
    let mut parts = vec![id.to_owned()];
    if scenarios.len() > 1 {
        parts.push(counted(scenarios.len(), "case"));
    }
    parts.push(counted(steps, "step"));
    parts.push(counted(offers, "offer"));
    parts.push(counted(expectations, "expectation"));
    parts.join(", ")
}
