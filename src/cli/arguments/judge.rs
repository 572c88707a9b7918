//! `vcispec judge`: a saved run, judged again.

use std::path::PathBuf;

use clap::Args;

use super::{GateArguments, ReportingArguments};
use crate::checks::Edition;

/// `vcispec judge`
#[derive(Debug, Args)]
pub struct JudgeArguments {
    /// A file written by `vcispec run --save`.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The edition of the checks in force, instead of the one that the run was judged by.
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<Edition>,
    /// What the run is held against beside the specification.
    #[command(flatten)]
    pub gates: GateArguments,
    /// How the report is written and what makes it red.
    #[command(flatten)]
    pub reporting: ReportingArguments,
}
