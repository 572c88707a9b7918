//! Puts every scenario file and every recipe into the binary and tells it the commit it was built from.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// The one folder of scripts that are for copying and not for running.
const RECIPES: &str = "recipes";

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let scenarios = root.join("scenarios");
    println!("cargo::rerun-if-changed={}", scenarios.display());
    fs::write(out.join("bundled_scenarios.rs"), bundled(&scenarios)?)?;
    let recipes = entries(&scenarios.join(RECIPES))?;
    fs::write(out.join("bundled_recipes.rs"), texts("RECIPES", &scenarios.join(RECIPES), recipes))?;
    println!("cargo::rustc-env=VCISPEC_COMMIT={}", commit(&root).as_deref().unwrap_or("unknown"));
    Ok(())
}

/// The scripts, in the order of their ids.
fn bundled(scenarios: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    for folder in entries(scenarios)? {
        if folder.is_dir() && folder.file_name().is_some_and(|name| name != RECIPES) {
            files.extend(entries(&folder)?);
        }
    }
    Ok(texts("BUNDLED", scenarios, files))
}

/// TOML files as the text of a static: path without ending, and content.
fn texts(name: &str, root: &Path, mut files: Vec<PathBuf>) -> String {
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let mut text = format!("static {name}: &[(&str, &str)] = &[\n");
    for file in files {
        let id = file.strip_prefix(root).unwrap_or(&file).with_extension("");
        let id = id.to_string_lossy().replace('\\', "/");
        let _ = writeln!(text, "    ({id:?}, include_str!({:?})),", file.display().to_string());
    }
    text.push_str("];\n");
    text
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}

/// The commit, where this is a clone. The log of HEAD grows with each commit; HEAD itself names
/// the branch and stays as it is.
fn commit(root: &Path) -> Option<String> {
    let log = root.join(git(root, &["rev-parse", "--git-path", "logs/HEAD"])?);
    if log.is_file() {
        println!("cargo::rerun-if-changed={}", log.display());
    }
    git(root, &["rev-parse", "--short=12", "HEAD"])
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).current_dir(root).output().ok()?;
    let text =
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned());
    text.map(|text| text.trim().to_owned())
}
