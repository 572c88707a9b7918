//! How a report is written and what makes it red.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::cli::outputs;

/// How a report is written and what makes it red.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Report")]
pub struct ReportingArguments {
    #[arg(long, value_name = "KIND=FILE", help = kinds())]
    pub report: Vec<String>,
    /// Write every kind of report into this folder, and SHA256SUMS for `sha256sum -c`.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Leave secrets and claims in what --report and --out write, for the eyes of their owner.
    ///
    /// Files are written with mode 0600, and each says what it is. What a pipeline shows by itself
    /// stays redacted.
    #[arg(long)]
    pub unredacted: bool,
    /// Let warnings fail the run too, with should [default: must].
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,
    /// Let checks that were not run fail the run, unless --include, --exclude or --target left
    /// them out.
    #[arg(long)]
    pub require_complete: bool,
}

/// What makes a run red beside failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Broken MUSTs only.
    Must,
    /// Broken SHOULDs too.
    Should,
}

fn kinds() -> String {
    format!(
        "Write a report: {} as KIND=FILE, or KIND for standard output. Repeatable",
        outputs::names()
    )
}
