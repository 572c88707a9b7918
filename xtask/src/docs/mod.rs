//! The documents that are generated from the four tables, the command line and the types that are written, so that
//! none can fall behind.

mod checks;
mod cli;
mod difference;
mod faults;
mod markdown;
mod requirements;
mod scenarios;
mod schemas;

use std::fs;
use std::path::Path;

use crate::{Outcome, workspace};

/// Writes every document.
pub fn write() -> Outcome {
    for (path, text) in documents()? {
        let file = workspace::root().join(&path);
        fs::create_dir_all(file.parent().unwrap_or(Path::new("")))?;
        fs::write(file, text)?;
        println!("wrote {path}");
    }
    Ok(())
}

/// Fails if a document is not what would be written.
pub fn check() -> Outcome {
    let mut stale = Vec::new();
    let documents = documents()?;
    let count = documents.len();
    for (path, text) in documents {
        let found = fs::read_to_string(workspace::root().join(&path)).unwrap_or_default();
        if let Some(difference) = difference::first(&found, &text) {
            eprintln!("{path} {difference}");
            stale.push(path);
        }
    }
    if stale.is_empty() {
        println!("the {count} generated documents are up to date");
        return Ok(());
    }
    Err(format!(
        "{} not up to date: run `cargo xtask docs` and commit the result",
        stale.join(", ")
    )
    .into())
}

/// Where each document is kept, from the root of the working tree, and what is in it.
fn documents() -> Outcome<Vec<(String, String)>> {
    let tables = [
        ("checks", checks::document()?),
        ("faults", faults::document()),
        ("scenarios", scenarios::document()?),
        ("requirements", requirements::document()?),
        ("cli", cli::document()),
    ];
    let tables = tables.map(|(name, text)| (format!("snapshots/tables/{name}.md"), text));
    Ok(tables.into_iter().chain(schemas::documents()).collect())
}
