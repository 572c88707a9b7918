//! A release read back as somebody meets it who downloads it: the checksums, the names, and a program that runs.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::bundle::COMPLETIONS;
use super::{CHECKSUMS, name};
use crate::archive::{self, Entry};
use crate::digest::sha256;
use crate::workspace::VERSION;
use crate::{Outcome, workspace};

/// Fails at the first thing that is not as it should be.
pub fn files(folder: &Path) -> Outcome {
    for line in fs::read_to_string(folder.join(CHECKSUMS))?.lines() {
        let (checksum, file) = line.split_once("  ").ok_or("expected a checksum and a name")?;
        if sha256(&fs::read(folder.join(file))?) != checksum {
            return Err(format!("{file} is not what {CHECKSUMS} says").into());
        }
    }
    let name = name();
    let packed = fs::read(folder.join(format!("{name}.tar.gz")))?;
    let entries = archive::unpack(&archive::decompress(&packed)?)?;
    let content = |path: &str| -> Outcome<&[u8]> {
        let path = format!("{name}/{path}");
        let entry = entries.iter().find(|entry| entry.path == path);
        let content = entry.and_then(|entry| entry.content.as_deref()).unwrap_or_default();
        match content.is_empty() {
            true => {
                Err(format!("expected {path} in the archive, found none or an empty one").into())
            }
            false => Ok(content),
        }
    };
    for paper in ["LICENSE", "README.md", "THIRD-PARTY.txt", "man/vcispec.1", "man/vcispec-run.1"] {
        content(paper)?;
    }
    for (_, file) in COMPLETIONS {
        content(&format!("completions/{file}"))?;
    }
    says_its_version(content("vcispec")?)?;
    only_one_folder(&entries, &name)
}

fn says_its_version(program: &[u8]) -> Outcome {
    use std::os::unix::fs::PermissionsExt as _;
    let file = workspace::scratch("release-check")?.join("vcispec");
    fs::write(&file, program)?;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
    let output = Command::new(&file).arg("--version").output()?;
    fs::remove_file(file)?;
    let text = String::from_utf8(output.stdout)?;
    match text.starts_with(&format!("vcispec {VERSION} (")) {
        true => Ok(()),
        false => Err(format!("expected version {VERSION} and a commit, found {text:?}").into()),
    }
}

fn only_one_folder(entries: &[Entry], name: &str) -> Outcome {
    let stranger = entries.iter().find(|entry| !entry.path.starts_with(name));
    stranger.map_or(Ok(()), |entry| Err(format!("{} is not in {name}", entry.path).into()))
}
