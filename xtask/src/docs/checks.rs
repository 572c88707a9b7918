//! The catalogue: every check, what it asks, and what proves that it asks it.

use std::collections::BTreeMap;

use reference_issuer::FAULTS;
use vcispec::checks;

use super::{markdown, requirements, scenarios};
use crate::Outcome;

/// `checks.md`.
pub fn document() -> Outcome<String> {
    let requirements = requirements::by_check()?;
    let scenarios = scenarios::by_check()?;
    let mut faults: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for fault in FAULTS {
        for check in fault.caught_by {
            faults.entry(check).or_default().push(fault.name);
        }
    }
    let mut stations: Vec<(&str, Vec<[String; 8]>)> = Vec::new();
    for check in checks::all() {
        let station = check.id.split('/').next().unwrap_or_default();
        let raised: Vec<String> =
            check.raised_by.iter().map(|profile| profile.name().to_owned()).collect();
        let level = match raised.as_slice() {
            [] => check.level.name().to_owned(),
            profiles => format!("{} (must in {})", check.level.name(), profiles.join(", ")),
        };
        let of = |table: &BTreeMap<String, Vec<String>>| match table.get(check.id) {
            Some(names) => markdown::code(names.iter().map(String::as_str)),
            None => String::new(),
        };
        let row = [
            markdown::code([check.id]),
            level,
            check.since.to_owned(),
            check.title.to_owned(),
            check.obligation.to_owned(),
            of(&requirements),
            of(&scenarios),
            markdown::code(faults.get(check.id).into_iter().flatten().copied()),
        ];
        match stations.last_mut() {
            Some((last, rows)) if *last == station => rows.push(row),
            _ => stations.push((station, vec![row])),
        }
    }
    let mut text = markdown::head(
        "Checks",
        &format!(
            "{} obligations, in the order of an issuance. `vcispec explain NAME` tells how each comes to be broken and \
             mended. A `must` fails, a `should` and a `derived` one warn, a `note` only reports. \
             Under an older `edition` than the one it came with, a check only warns.",
            checks::all().count()
        ),
    );
    for (station, rows) in stations {
        text += &format!("\n## {station}\n");
        let columns = [
            "check",
            "level",
            "since",
            "title",
            "obligation",
            "requirements",
            "aimed at by",
            "catches",
        ];
        text += &markdown::table(columns, rows);
    }
    Ok(text)
}
