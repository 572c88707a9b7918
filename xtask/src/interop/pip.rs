//! Third-party parts in Python: pinned in a list, installed once, beside everything else of the machine.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::npm::is_newer;
use crate::{Outcome, process, workspace};

/// As long as an installation may take.
const PATIENCE: Duration = Duration::from_secs(240);

/// A Python that finds what this list pins.
pub fn python(requirements: &Path) -> Outcome<Command> {
    let of = requirements.parent().and_then(Path::file_name).ok_or("a list lies in a folder")?;
    let folder = workspace::scratch("interop-python")?.join(of);
    fs::create_dir_all(&folder)?;
    let done = folder.join("requirements.txt");
    if !is_newer(&done, requirements) {
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade"]);
        pip.arg("--target").arg(&folder).arg("--requirement").arg(requirements);
        let ended = process::run(pip, PATIENCE)?;
        if !ended.status.success() {
            return Err(format!("pip install ended with {}\n{}", ended.status, ended.stderr).into());
        }
        fs::copy(requirements, done)?;
    }
    let mut python = Command::new("python3");
    python.env("PYTHONPATH", folder);
    Ok(python)
}
