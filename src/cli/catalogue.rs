//! `vcispec list`: the tables, a line each.

use super::arguments::{ListArguments, Table};
use super::{CliError, plan, terminal};
use crate::checks::{self, requirements};
use crate::report::ExitStatus;

/// Prints a table on standard output.
pub fn list(arguments: &ListArguments) -> Result<ExitStatus, CliError> {
    let text = match arguments.table {
        Table::Checks => table(checks::all().map(|check| {
            [check.id, check.level.name(), check.since, check.title].map(str::to_owned)
        })),
        Table::Scenarios => table(plan::scenarios()?.into_iter().map(|scenario| {
            let offers = scenario.offers();
            let noun = if offers == 1 { "offer" } else { "offers" };
            let cost = format!("{offers} {noun}, impact {}", scenario.impact.name());
            [scenario.id, cost, scenario.title]
        })),
        Table::Faults => faults()?,
        Table::Configurations => configurations()?,
        Table::Requirements => requirements_table(arguments.open),
    };
    terminal::result(&text);
    Ok(ExitStatus::Green)
}

fn requirements_table(only_open: bool) -> String {
    let rows = requirements::all().iter().filter(|requirement| !only_open || requirement.open).map(
        |requirement| [requirement.id.clone(), requirement.standing(), requirement.says.clone()],
    );
    let counts = requirements::counts();
    format!(
        "{}\n{} requirements: {} judged · {} excluded · {} open\n",
        table(rows),
        counts.all,
        counts.judged,
        counts.excluded,
        counts.open
    )
}

#[cfg(feature = "bundled-issuer")]
fn faults() -> Result<String, CliError> {
    Ok(table(
        reference_issuer::FAULTS
            .iter()
            .map(|fault| [fault.name.to_owned(), fault.config.to_owned(), fault.says.to_owned()]),
    ))
}

#[cfg(feature = "bundled-issuer")]
fn configurations() -> Result<String, CliError> {
    let rows = reference_issuer::configurations().iter();
    Ok(table(rows.map(|configuration| [configuration.name, configuration.says].map(str::to_owned))))
}

#[cfg(not(feature = "bundled-issuer"))]
fn faults() -> Result<String, CliError> {
    Err(no_bundled_issuer())
}

#[cfg(not(feature = "bundled-issuer"))]
fn configurations() -> Result<String, CliError> {
    Err(no_bundled_issuer())
}

#[cfg(not(feature = "bundled-issuer"))]
fn no_bundled_issuer() -> CliError {
    CliError::Usage("there is no bundled issuer in this build".into())
}

/// Columns as wide as they have to be, the last one free.
fn table<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    let rows: Vec<_> = rows.collect();
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..N.saturating_sub(1)).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        for (cell, width) in row.iter().zip(widths.iter().map(Some).chain([None])) {
            match width {
                Some(width) => text.push_str(&format!("{cell:width$}  ")),
                None => text.push_str(cell),
            }
        }
        text.push('\n');
    }
    text
}
