//! What a run will be held against: the baseline of known failures, and the snapshots of issuers.
//! Whether they can be read is seen here; what they mean is the gate's affair.

use std::path::{Path, PathBuf};

use super::Look;
use super::finding::Finding;
use super::patient::Patient;

/// The baseline that is read without being named.
const BASELINE: &str = "vcispec-baseline.toml";
/// Where snapshots of issuers are kept.
const SNAPSHOTS: &str = "snapshots/issuers";

/// Reads the baseline, if there is one.
pub fn baseline(patient: &mut Patient) -> Look<'_> {
    let path = beside(patient, BASELINE);
    Box::pin(async move {
        if path.is_file() {
            vec![read(&path)]
        } else {
            vec![Finding::idle("none: every failure counts")]
        }
    })
}

/// Reads the snapshots, if there are any.
pub fn snapshot(patient: &mut Patient) -> Look<'_> {
    let folder = beside(patient, SNAPSHOTS);
    Box::pin(async move {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
        files.sort();
        match files.as_slice() {
            [] => vec![Finding::idle("none: no drift is told")],
            files => files.iter().map(|path| read(path)).collect(),
        }
    })
}

/// A path beside the configuration file, or in this directory where there is none.
fn beside(patient: &Patient, path: &str) -> PathBuf {
    let folder = patient.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    folder.join(path)
}

fn read(path: &Path) -> Finding {
    let shown = path.display();
    match std::fs::read_to_string(path) {
        Err(error) => Finding::misconfigured(format!("{shown} cannot be read: {error}"))
            .so(format!("ls -l {shown}")),
        Ok(text) => match text.parse::<toml::Table>() {
            Ok(_) => Finding::well(format!("{shown}")),
            Err(error) => {
                let line = error.span().map_or(1, |span| {
                    text.get(..span.start).unwrap_or_default().matches('\n').count() + 1
                });
                let message = error.message().lines().next().unwrap_or_default();
                Finding::misconfigured(format!("{shown}:{line}: {message}"))
                    .so(format!("mend line {line} of {shown}"))
            }
        },
    }
}
