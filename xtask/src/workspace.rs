//! Where things lie, and how the programs are built.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;

/// How a program is compiled.
#[derive(Clone, Copy)]
pub enum Profile {
    /// Fast to build.
    Debug,
    /// Fast to run.
    Release,
}

/// What makes a program static on the GNU C library: the library inside, and random numbers asked of the kernel, where
/// the crate for them would look for a symbol at run time and fall back to a device file that an empty root has not.
pub const STATIC: &[&str] =
    &["-Ctarget-feature=+crt-static", "--cfg=getrandom_backend=\"linux_getrandom\""];

/// The root of the working tree.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Cargo, in the root of the working tree.
pub fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// Builds the program of a package and returns its path; those of one profile lie side by side.
pub fn build(package: &str, profile: Profile) -> Outcome<PathBuf> {
    let folder = match profile {
        Profile::Debug => "debug",
        Profile::Release => "release",
    };
    let mut build = cargo();
    build.args(["build", "--quiet", "--package", package, "--bin", package]);
    if matches!(profile, Profile::Release) {
        build.arg("--release");
    }
    carry_out(&mut build)?;
    program(target()?.join(folder), package)
}

/// Builds the program as it is shipped, by the command that everybody else installs it with: static, so that it needs
/// nothing but a kernel, and without the paths of this machine.
pub fn install() -> Outcome<PathBuf> {
    let folder = target()?.join("shipped");
    let mut install = cargo();
    install.args(["install", "--quiet", "--locked", "--path", ".", "--no-track", "--force"]);
    install.args(["--profile", "dist", "--target", &triple(), "--root"]).arg(&folder);
    let home = cargo_home().ok_or("expected CARGO_HOME or HOME in the environment")?;
    let mut flags = OsString::from(STATIC.join("\x1f"));
    for (from, to) in [(root(), "vcispec"), (home.join("registry/src"), "crates")] {
        flags.push("\x1f--remap-path-prefix=");
        flags.push(from);
        flags.push(format!("={to}"));
    }
    install.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags);
    // It warns that the folder is not on the path, and need not be.
    let path = env::join_paths(
        env::split_paths(&env::var_os("PATH").unwrap_or_default()).chain([folder.join("bin")]),
    )?;
    carry_out(install.env("PATH", path))?;
    program(folder.join("bin"), "vcispec")
}

/// The machine that is built for: this one. Named, so that what runs at build time is not static.
pub fn triple() -> String {
    format!("{}-unknown-linux-gnu", env::consts::ARCH)
}

/// The version of the workspace.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A folder for what is written on the way and not kept.
pub fn scratch(name: &str) -> Outcome<PathBuf> {
    let folder = target()?.join(name);
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Where a task leaves what it makes, unless it is told.
pub fn output(name: &str) -> PathBuf {
    target().unwrap_or_else(|_| root().join("target")).join(name)
}

fn carry_out(command: &mut Command) -> Outcome {
    let status = command.status()?;
    if !status.success() {
        return Err(format!("{command:?} ended with {status}").into());
    }
    Ok(())
}

fn program(folder: PathBuf, name: &str) -> Outcome<PathBuf> {
    let program = folder.join(format!("{name}{}", env::consts::EXE_SUFFIX));
    if !program.is_file() {
        return Err(format!("expected the program at {}", program.display()).into());
    }
    Ok(program)
}

fn cargo_home() -> Option<PathBuf> {
    let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo"));
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(home)
}

/// This program lies in `<target>/<profile>/`, whatever the target folder is called.
fn target() -> Outcome<PathBuf> {
    let own = env::current_exe()?;
    let target = own.parent().and_then(Path::parent);
    Ok(target.ok_or("xtask was not started by cargo")?.to_owned())
}
