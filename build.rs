//! Puts every scenario file and every recipe into the binary, tells it the commit it was built from, and
//! sees to it that a static one needs nothing of the machine.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// The folders of files that are for copying: they are no part of the suite.
const RECIPES: &str = "recipes";
const NOT_BUNDLED: [&str; 2] = [RECIPES, "examples"];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let scenarios = root.join("scenarios");
    println!("cargo::rerun-if-changed={}", scenarios.display());
    fs::write(out.join("bundled_scenarios.rs"), bundled(&scenarios)?)?;
    let recipes = entries(&scenarios.join(RECIPES))?;
    fs::write(out.join("bundled_recipes.rs"), texts("RECIPES", &scenarios.join(RECIPES), recipes))?;
    println!("cargo::rustc-env=VCISPEC_COMMIT={}", commit(&root).as_deref().unwrap_or("unknown"));
    keep_a_static_program_static();
    Ok(())
}

/// The GNU C library lets `/etc/nsswitch.conf` name further modules for looking up hosts, and even
/// a static program loads those, which ends badly where the machine has another version of the
/// library. Without them there are hosts file and DNS, which are in the program. So what loads a
/// module is replaced by a function of the same library that always gives nothing.
fn keep_a_static_program_static() {
    let target = |name: &str| env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    if target("ENV") == "gnu" && target("FEATURE").split(',').any(|word| word == "crt-static") {
        const LOADER: &str = "__libc_dlopen_mode";
        println!("cargo::rustc-link-arg-bins=-Wl,--wrap={LOADER}");
        println!(
            "cargo::rustc-link-arg-bins=-Wl,--defsym=__wrap_{LOADER}=pthread_condattr_destroy"
        );
    }
}

/// The scripts, in the order of their ids.
fn bundled(scenarios: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    for folder in entries(scenarios)? {
        let is_bundled = !NOT_BUNDLED.iter().any(|name| folder.ends_with(name));
        if folder.is_dir() && is_bundled {
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

/// The commit, where this is a clone or somebody says so in `VCISPEC_COMMIT`. The log of HEAD grows with each commit; HEAD itself names
/// the branch and stays as it is.
fn commit(root: &Path) -> Option<String> {
    println!("cargo::rerun-if-env-changed=VCISPEC_COMMIT");
    if let Ok(commit) = env::var("VCISPEC_COMMIT") {
        return Some(commit);
    }
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
