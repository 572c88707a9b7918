//! `vcispec completions` and `vcispec man`: the command line in the words of shells and of man,
//! from the same definition that reads it.

use std::path::Path;

use clap_mangen::Man;

use super::arguments::{self, CompletionsArguments, ManArguments};
use super::{CliError, terminal};
use crate::report::ExitStatus;

/// Prints the completion script of a shell.
pub fn completions(arguments: &CompletionsArguments) -> ExitStatus {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut arguments::command(), "vcispec", &mut script);
    terminal::result(&String::from_utf8_lossy(&script));
    ExitStatus::Green
}

/// Prints the page of the program, or writes the pages of all commands.
pub fn man(arguments: &ManArguments) -> Result<ExitStatus, CliError> {
    match &arguments.output {
        Some(folder) => write_pages(folder).map_err(|error| {
            CliError::Usage(format!(
                "the pages could not be written to {}: {error}",
                folder.display()
            ))
        })?,
        None => terminal::result(&page()?),
    }
    Ok(ExitStatus::Green)
}

fn write_pages(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(arguments::command(), folder)
}

fn page() -> Result<String, CliError> {
    let mut page = Vec::new();
    let program = arguments::command().disable_help_subcommand(true);
    Man::new(program).render(&mut page).map_err(|error| CliError::Failed(error.to_string()))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
