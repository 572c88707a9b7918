//! The program with what belongs beside it: licences, manual pages, completions. The program makes its own papers.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::materials::Materials;
use super::notices;
use crate::archive::Entry;
use crate::{Outcome, workspace};

/// The completion script of each shell, where that shell looks for it by name.
pub const COMPLETIONS: &[(&str, &str)] = &[
    ("bash", "vcispec.bash"),
    ("elvish", "vcispec.elv"),
    ("fish", "vcispec.fish"),
    ("powershell", "_vcispec.ps1"),
    ("zsh", "_vcispec"),
];

/// Everything in the archive, below one folder of this name.
pub fn content(name: &str, program: &Path, materials: &Materials) -> Outcome<Vec<Entry>> {
    let mut entries: Vec<Entry> = ["", "/completions", "/man"]
        .iter()
        .map(|path| Entry::folder(format!("{name}{path}")))
        .collect();
    entries.push(Entry::program(format!("{name}/vcispec"), fs::read(program)?));
    for paper in ["LICENSE", "README.md", "SECURITY.md"] {
        entries
            .push(Entry::file(format!("{name}/{paper}"), fs::read(workspace::root().join(paper))?));
    }
    entries.push(Entry::file(format!("{name}/THIRD-PARTY.txt"), notices::document(materials)?));
    for (shell, file) in COMPLETIONS {
        let mut completions = Command::new(program);
        let script = written(completions.args(["completions", shell]))?;
        entries.push(Entry::file(format!("{name}/completions/{file}"), script));
    }
    let folder = workspace::scratch("man")?;
    fs::remove_dir_all(&folder)?;
    written(Command::new(program).args(["man", "--output"]).arg(&folder))?;
    for page in fs::read_dir(folder)? {
        let page = page?;
        let file = page.file_name().to_string_lossy().into_owned();
        entries.push(Entry::file(format!("{name}/man/{file}"), fs::read(page.path())?));
    }
    Ok(entries)
}

fn written(command: &mut Command) -> Outcome<Vec<u8>> {
    let output = command.output()?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(format!("{command:?} ended with {}", output.status).into()),
    }
}
