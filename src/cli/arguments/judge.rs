//! `vcispec judge`: a saved run, judged again.

use std::path::PathBuf;

use clap::Args;

use super::{GateArguments, ReportingArguments};

/// `vcispec judge`
#[derive(Debug, Args)]
pub struct JudgeArguments {
    /// A file written by `vcispec run --save`.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What the run is held against.
    #[command(flatten)]
    pub gates: GateArguments,
    /// How the report is written and what makes it red.
    #[command(flatten)]
    pub reporting: ReportingArguments,
}
