//! The pipeline around us, where it has a place for reports of its own.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::terminal;
use crate::render;
use crate::report::Report;

/// What GitHub Actions says of itself in the environment. Nothing of it is set elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pipeline {
    /// `GITHUB_STEP_SUMMARY`: Markdown appended to this file is shown with the run.
    summary: Option<PathBuf>,
    /// `GITHUB_ACTIONS`: commands on standard output become annotations.
    annotates: bool,
}

impl Pipeline {
    /// The one that this process runs in.
    pub fn around() -> Self {
        let summary = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty());
        Self {
            summary: summary.map(PathBuf::from),
            annotates: std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true"),
        }
    }

    /// Tells it a redacted report: what it shows, it shows to many.
    pub fn tell(&self, report: &Report, stdout_is_free: bool) {
        let commands = render::annotations(report);
        if self.annotates && stdout_is_free && !commands.is_empty() {
            terminal::result(&commands);
        }
        if let Some(path) = &self.summary
            && let Err(error) = append(path, &render::markdown(report))
        {
            // Nobody asked for it: the verdict is worth more.
            let path = path.display();
            terminal::remark(&format!("the summary could not be appended to {path}: {error}"));
        }
    }
}

fn append(path: &Path, text: &str) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path)?;
    // Others may have written before without a line break at the end.
    file.write_all(format!("\n{text}").as_bytes())
}
