//! `vcispec list`: the four tables, a line each.

use super::arguments::{ListArguments, Table};
use super::{CliError, plan, terminal};
use crate::checks::{self, requirements};
use crate::report::ExitStatus;

/// Prints a table on standard output.
pub fn list(arguments: &ListArguments) -> Result<ExitStatus, CliError> {
    let text = match arguments.table {
        Table::Checks => table(
            checks::all()
                .map(|check| [check.id.to_owned(), check.level.name().into(), check.title.into()]),
        ),
        Table::Scenarios => table(plan::scenarios()?.into_iter().map(|scenario| {
            let offers = scenario.offers();
            let noun = if offers == 1 { "offer" } else { "offers" };
            let cost = format!("{offers} {noun}, impact {}", scenario.impact.name());
            [scenario.id, cost, scenario.title]
        })),
        Table::Faults => faults()?,
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

#[cfg(not(feature = "bundled-issuer"))]
fn faults() -> Result<String, CliError> {
    Err(CliError::Usage("there is no bundled issuer in this build".into()))
}

/// Three columns, the last one free.
fn table(rows: impl Iterator<Item = [String; 3]>) -> String {
    let rows: Vec<_> = rows.collect();
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let (first, second) = (width(0), width(1));
    rows.iter().map(|[one, two, three]| format!("{one:first$}  {two:second$}  {three}\n")).collect()
}
