//! Puts every scenario file into the binary and tells it the commit it was built from.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    for folder in ["discovery", "one-offer", "pre-authorized", "refusals"] {
        let folder = root.join("scenarios").join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        if folder.is_dir() {
            scripts(&folder, &mut files)?;
        }
    }
    files.sort();
    let mut text = String::from("static BUNDLED: &[(&str, &str)] = &[\n");
    for file in files {
        let id = file.strip_prefix(root.join("scenarios")).unwrap_or(&file).with_extension("");
        let id = id.to_string_lossy().replace('\\', "/");
        let _ = writeln!(text, "    ({id:?}, include_str!({:?})),", file.display().to_string());
    }
    text.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("bundled_scenarios.rs"), text)?;

    println!("cargo::rerun-if-changed=.git/HEAD");
    let commit = Command::new("git")
        .args(["rev-parse", "--short=12", "HEAD"])
        .current_dir(&root)
        .output()
        .ok()
        .filter(|output| output.status.success())
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    println!("cargo::rustc-env=VCISPEC_COMMIT={}", commit.unwrap_or_else(|| "unknown".into()));
    Ok(())
}

fn scripts(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
