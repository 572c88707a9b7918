//! The documents that are generated from the four tables, the command line and the files that users write, so that
//! none can fall behind.

mod checks;
mod cli;
mod difference;
mod faults;
mod markdown;
mod marked;
mod matrix;
mod profiles;
mod refusals;
mod requirements;
mod scenarios;
mod schemas;
mod script;

use std::fs;

use vcispec::cli::gitlab_component;

use crate::{Outcome, workspace};

/// Where the tables are.
const TABLES: &str = "snapshots/tables";

/// Writes every document.
pub fn write() -> Outcome {
    for (path, text) in documents()? {
        let file = workspace::root().join(&path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, text)?;
        println!("wrote {path}");
    }
    Ok(())
}

/// Fails if a document is not what would be written.
pub fn check() -> Outcome {
    let mut stale = Vec::new();
    for (path, text) in documents()? {
        let found = fs::read_to_string(workspace::root().join(&path)).unwrap_or_default();
        if let Some(difference) = difference::first(&found, &text) {
            eprintln!("{path} {difference}");
            stale.push(path);
        }
    }
    if stale.is_empty() {
        println!("the generated documents are up to date");
        return Ok(());
    }
    Err(format!(
        "{} not up to date: run `cargo xtask docs` and commit the result",
        stale.join(", ")
    )
    .into())
}

/// Every document: its path in the tree, and its text.
fn documents() -> Outcome<Vec<(String, String)>> {
    let tables = [
        ("checks.md", checks::document()?),
        ("refusals.md", refusals::document()),
        ("faults.md", faults::document()),
        ("scenarios.md", scenarios::document()?),
        ("requirements.md", requirements::document()?),
        ("cli.md", cli::document()),
    ];
    let tables = tables.into_iter().map(|(name, text)| (format!("{TABLES}/{name}"), text));
    let component = ("ci/gitlab/vcispec.gitlab-ci.yml".to_owned(), gitlab_component());
    Ok(tables
        .chain(schemas::documents())
        .chain([component, matrix::readme()?, script::page()?, profiles::page()?])
        .collect())
}
