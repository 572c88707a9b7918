//! Where things lie, and how the program under test is built.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;

/// How the program is compiled.
#[derive(Clone, Copy)]
pub enum Profile {
    /// Fast to build.
    Debug,
    /// Fast to run.
    Release,
}

/// The root of the working tree.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Builds the program and returns its path.
pub fn build(profile: Profile) -> Outcome<PathBuf> {
    let folder = match profile {
        Profile::Debug => "debug",
        Profile::Release => "release",
    };
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet", "--package", "vcispec", "--bin", "vcispec"]);
    if matches!(profile, Profile::Release) {
        cargo.arg("--release");
    }
    let status = cargo.current_dir(root()).status()?;
    if !status.success() {
        return Err(format!("cargo build ended with {status}").into());
    }
    let name = format!("vcispec{}", env::consts::EXE_SUFFIX);
    let program = target()?.join(folder).join(name);
    if !program.is_file() {
        return Err(format!("expected the program at {}", program.display()).into());
    }
    Ok(program)
}

/// A folder for what is written on the way and not kept.
pub fn scratch(name: &str) -> Outcome<PathBuf> {
    let folder = target()?.join(name);
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// This program lies in `<target>/<profile>/`, whatever the target folder is called.
fn target() -> Outcome<PathBuf> {
    let own = env::current_exe()?;
    let target = own.parent().and_then(Path::parent);
    Ok(target.ok_or("xtask was not started by cargo")?.to_owned())
}
