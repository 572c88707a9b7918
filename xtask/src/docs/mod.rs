//! The documents that are generated from the four tables and the command line, so that none can fall behind.

mod checks;
mod cli;
mod difference;
mod faults;
mod markdown;
mod requirements;
mod scenarios;
mod schemas;

use std::fs;

use crate::{Outcome, workspace};

const TABLES: &str = "snapshots/tables";
const SCHEMAS: &str = "docs/src/schemas";

/// Writes every document.
pub fn write() -> Outcome {
    for (folder, name, text) in documents()? {
        let folder_here = workspace::root().join(folder);
        fs::create_dir_all(&folder_here)?;
        fs::write(folder_here.join(name), text)?;
        println!("wrote {folder}/{name}");
    }
    Ok(())
}

/// Fails if a document is not what would be written.
pub fn check() -> Outcome {
    let mut stale = Vec::new();
    for (folder, name, text) in documents()? {
        let path = workspace::root().join(folder).join(name);
        let found = fs::read_to_string(path).unwrap_or_default();
        if let Some(difference) = difference::first(&found, &text) {
            eprintln!("{folder}/{name} {difference}");
            stale.push(name);
        }
    }
    if stale.is_empty() {
        println!("the documents in {TABLES} and {SCHEMAS} are up to date");
        return Ok(());
    }
    Err(format!(
        "{} not up to date: run `cargo xtask docs` and commit the result",
        stale.join(", ")
    )
    .into())
}

/// Folder, name and text of each.
fn documents() -> Outcome<Vec<(&'static str, &'static str, String)>> {
    let tables = tables()?.into_iter().map(|(name, text)| (TABLES, name, text));
    let schemas = schemas::documents()?.into_iter().map(|(name, text)| (SCHEMAS, name, text));
    Ok(tables.chain(schemas).collect())
}

fn tables() -> Outcome<Vec<(&'static str, String)>> {
    Ok(vec![
        ("checks.md", checks::document()?),
        ("faults.md", faults::document()),
        ("scenarios.md", scenarios::document()?),
        ("requirements.md", requirements::document()?),
        ("cli.md", cli::document()),
    ])
}
