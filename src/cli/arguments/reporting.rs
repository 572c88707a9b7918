//! How a report is written and what makes it red.

use clap::{Args, ValueEnum};
use schemars::JsonSchema;
use serde::Deserialize;

/// How a report is written and what makes it red.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Report")]
pub struct ReportingArguments {
    /// Write a report: human, json or junit, as KIND=FILE or KIND=- for standard output.
    /// Repeatable.
    #[arg(long, value_name = "KIND=FILE")]
    pub report: Vec<String>,
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
