//! The third-party parts: pinned in a lock file, installed once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::{Outcome, process, workspace};

/// As long as an installation may take.
const PATIENCE: Duration = Duration::from_secs(240);

/// The folder of the glue.
pub fn folder() -> PathBuf {
    workspace::root().join("tests/interop/openid4vc-ts")
}

/// One of the programs there, to be run by node.
pub fn node(script: &str) -> Command {
    let mut node = Command::new("node");
    node.arg(folder().join(script));
    node
}

/// Installs what the lock file of the glue pins, unless that was done.
pub fn install() -> Outcome {
    install_in(&folder())
}

/// Installs what the lock file in this folder pins, unless that was done.
pub fn install_in(folder: &Path) -> Outcome {
    if is_newer(&folder.join("node_modules/.package-lock.json"), &folder.join("package-lock.json"))
    {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder);
    let ended = process::run(npm, PATIENCE)?;
    if !ended.status.success() {
        return Err(format!("npm ci ended with {}\n{}", ended.status, ended.stderr).into());
    }
    println!("third-party parts installed in {:.1} s", ended.took.as_secs_f64());
    Ok(())
}

/// Whether the one file was written after the other.
pub fn is_newer(one: &Path, other: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    time(one) >= time(other) && time(one).is_some()
}
