//! Scenarios of one's own: found on disk, read, and told with the line that is wrong.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::document::{Finding, Problem};
use super::{CliError, plan, terminal};
use crate::scenario::{LARGEST, Rejected, Scenario, load};

/// How deep folders are followed, and the most scripts that are read.
const DEEPEST: usize = 8;
const MOST_FILES: usize = 500;

/// A script on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnScript {
    /// `own/` and the path below the folder that was named, without the ending.
    pub id: String,
    /// The file.
    pub path: PathBuf,
}

/// The scenarios of these files and folders.
pub fn own(paths: &[PathBuf]) -> Result<Vec<Scenario>, CliError> {
    let mut scenarios = Vec::new();
    let mut problems = Vec::new();
    for script in find(paths)? {
        match read(&script)? {
            Ok(read) => scenarios.extend(read),
            Err(told) => problems.push(told),
        }
    }
    match problems.is_empty() {
        true => Ok(scenarios),
        false => Err(CliError::Usage(format!("in scenarios\n{}", problems.join("\n")))),
    }
}

/// Every script in these files and folders. Two with the same id are an error, and so is a folder
/// without any: it would make a run green that was asked for more.
pub fn find(paths: &[PathBuf]) -> Result<Vec<OwnScript>, CliError> {
    let mut scripts = Vec::new();
    for path in paths {
        let before = scripts.len();
        match path.is_dir() {
            true => in_folder(path, path, DEEPEST, &mut scripts)?,
            false => scripts.push(script(path, path.parent().unwrap_or(path))?),
        }
        if scripts.len() == before {
            let path = path.display();
            return Err(CliError::Usage(format!(
                "expected scenarios (*.toml) in {path}, found none"
            )));
        }
        if scripts.len() > MOST_FILES {
            return Err(CliError::Usage(format!("expected at most {MOST_FILES} scenarios")));
        }
    }
    let mut ids = BTreeSet::new();
    for script in &scripts {
        if !ids.insert(script.id.clone()) {
            return Err(CliError::Usage(format!(
                "two scenarios are called {}: the second is {}",
                script.id,
                script.path.display()
            )));
        }
    }
    Ok(scripts)
}

/// Reads a script. What is wrong with it is the inner error, ready to be shown.
pub fn read(script: &OwnScript) -> Result<Result<Vec<Scenario>, String>, CliError> {
    let path = &script.path;
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    if size > LARGEST as u64 {
        return Err(CliError::Usage(format!(
            "expected at most {LARGEST} octets in {}, found {size}",
            path.display()
        )));
    }
    let text = plan::read(path)?;
    Ok(load(&script.id, &text, &plan::vocabulary()).map_err(|wrong| told(path, &text, &wrong)))
}

/// Everything that is wrong with a script, each with the lines that it is about.
fn told(path: &Path, text: &str, rejected: &Rejected) -> String {
    let colour = terminal::style(false).colour;
    let name = path.display().to_string();
    let problems = rejected.errors.iter().map(|error| {
        let finding = Finding {
            message: error.message.clone(),
            span: error.span.clone(),
            label: error.label.clone(),
            help: error.help.clone(),
            also: None,
        };
        match error.span {
            Some(_) => Problem::new(&name, text.to_owned(), Box::new(finding)).render(colour),
            None => {
                let help = error.help.iter().map(|help| format!("  help: {help}\n"));
                format!("  × {} ({name})\n{}", error.message, help.collect::<String>())
            }
        }
    });
    problems.collect::<Vec<_>>().join("\n")
}

fn in_folder(
    folder: &Path,
    root: &Path,
    depth: usize,
    scripts: &mut Vec<OwnScript>,
) -> Result<(), CliError> {
    let wrong = |error: std::io::Error| CliError::Usage(format!("{}: {error}", folder.display()));
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(wrong)? {
        entries.push(entry.map_err(wrong)?.path());
    }
    entries.sort();
    for path in entries {
        if path.is_dir() && depth > 0 {
            in_folder(&path, root, depth - 1, scripts)?;
        } else if path.extension().is_some_and(|ending| ending == "toml")
            && scripts.len() <= MOST_FILES
        {
            scripts.push(script(&path, root)?);
        }
    }
    Ok(())
}

fn script(path: &Path, root: &Path) -> Result<OwnScript, CliError> {
    let below = path.strip_prefix(root).unwrap_or(path).with_extension("");
    let name = below.to_string_lossy().replace('\\', "/");
    let is_part = |character: char| character.is_alphanumeric() || "-_./".contains(character);
    if name.is_empty() || !name.chars().all(is_part) {
        return Err(CliError::Usage(format!(
            "expected letters, digits, - and _ in the name of a scenario, found {name:?}"
        )));
    }
    Ok(OwnScript { id: format!("own/{name}"), path: path.to_owned() })
}
