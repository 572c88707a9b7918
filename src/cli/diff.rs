//! `vcispec diff`: two runs side by side.

use super::arguments::DiffArguments;
use super::{CliError, recorded, terminal};
use crate::gate;
use crate::render;
use crate::report::ExitStatus;

/// Compares two recorded runs on standard output.
pub fn diff(arguments: &DiffArguments) -> Result<ExitStatus, CliError> {
    let old = recorded::read(&arguments.old)?;
    let new = recorded::read(&arguments.new)?;
    let diff = gate::diff(&old, &new, arguments.only_new);
    let text = match arguments.json {
        true => serde_json::to_string_pretty(&diff)
            .map_err(|error| CliError::Failed(error.to_string()))?,
        false => render::diff(&diff, &old, &new, terminal::style(true)),
    };
    terminal::result(&text);
    Ok(diff.exit.status)
}
