//! The documents that are generated from the four tables and the command line, so that none can fall behind.

mod checks;
mod cli;
mod difference;
mod faults;
mod markdown;
mod requirements;
mod scenarios;

use std::fs;
use std::path::PathBuf;

use crate::{Outcome, workspace};

/// Writes every document.
pub fn write() -> Outcome {
    let folder = folder();
    fs::create_dir_all(&folder)?;
    for (name, text) in documents()? {
        fs::write(folder.join(name), text)?;
        println!("wrote snapshots/tables/{name}");
    }
    Ok(())
}

/// Fails if a document is not what would be written.
pub fn check() -> Outcome {
    let mut stale = Vec::new();
    for (name, text) in documents()? {
        let found = fs::read_to_string(folder().join(name)).unwrap_or_default();
        if let Some(difference) = difference::first(&found, &text) {
            eprintln!("snapshots/tables/{name} {difference}");
            stale.push(name);
        }
    }
    if stale.is_empty() {
        println!("the documents in snapshots/tables are up to date");
        return Ok(());
    }
    Err(format!(
        "{} not up to date: run `cargo xtask docs` and commit the result",
        stale.join(", ")
    )
    .into())
}

fn folder() -> PathBuf {
    workspace::root().join("snapshots/tables")
}

fn documents() -> Outcome<Vec<(&'static str, String)>> {
    Ok(vec![
        ("checks.md", checks::document()?),
        ("faults.md", faults::document()),
        ("scenarios.md", scenarios::document()?),
        ("requirements.md", requirements::document()?),
        ("cli.md", cli::document()),
    ])
}
