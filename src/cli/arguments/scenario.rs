//! `vcispec check-scenario` and `vcispec scenario`: scenarios of one's own.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `vcispec check-scenario`
#[derive(Debug, Args)]
pub struct CheckScenarioArguments {
    /// Scripts, or folders of them.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
}

/// `vcispec scenario`
#[derive(Debug, Args)]
pub struct ScenarioArguments {
    /// What to do.
    #[command(subcommand)]
    pub command: ScenarioCommand,
}

/// What can be done with a script.
#[derive(Debug, Subcommand)]
pub enum ScenarioCommand {
    /// Start a script from a scenario of a recorded run: its steps, and what the issuer answered.
    New(NewScenarioArguments),
}

/// `vcispec scenario new`
#[derive(Debug, Args)]
pub struct NewScenarioArguments {
    /// A JSON report, or the evidence of `vcispec run --save`.
    #[arg(value_name = "RUN")]
    pub run: PathBuf,
    /// The scenario of that run, for example pre-authorized/one-credential.
    #[arg(value_name = "SCENARIO")]
    pub scenario: String,
    /// Where the script is written; standard output without it. A file that is there is kept.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}
