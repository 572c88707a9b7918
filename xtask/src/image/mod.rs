//! The container image: one static program, the certificate authorities, and nobody's rights. Written without a
//! container engine, so that it can be built and checked wherever the tests run.

mod check;
mod dockerfile;
mod layout;
mod recipe;
mod trial;

use std::fs;
use std::path::Path;

use crate::{Outcome, moment, workspace};
use layout::Files;

/// Builds the image, writes it, and reads it back if asked to.
pub fn run(output: &Path, checking: bool) -> Outcome {
    let program = workspace::install()?;
    let files = build(&program)?;
    layout::write(&files, output, moment::of_the_source()?)?;
    let size: usize = files.values().map(Vec::len).sum();
    println!("wrote {} ({:.1} MB)", output.display(), size as f64 / 1e6);
    if checking {
        let found = layout::read(output)?;
        check::layout(&found)?;
        println!("digests, sizes, media types, configuration and content are right");
        trial::run(&found, &program)?;
    }
    Ok(())
}

/// The image as one file, for an archive.
pub fn archive(program: &Path) -> Outcome<Vec<u8>> {
    layout::archive(&build(program)?, moment::of_the_source()?)
}

fn build(program: &Path) -> Outcome<Files> {
    let authorities = fs::read(recipe::AUTHORITIES).map_err(|error| {
        format!(
            "{}: {error}: the image takes its certificate authorities from this machine; install ca-certificates",
            recipe::AUTHORITIES
        )
    })?;
    let moment = moment::of_the_source()?;
    layout::build(recipe::content(fs::read(program)?, authorities), &commit(program)?, moment)
}

/// What the program says it was built from.
fn commit(program: &Path) -> Outcome<String> {
    let output = std::process::Command::new(program).arg("--version").output()?;
    let text = String::from_utf8(output.stdout)?;
    let commit = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let (_, commit) = commit.ok_or_else(|| format!("expected a commit in {text:?}"))?;
    Ok(commit.to_owned())
}
