//! `vcispec baseline`: known failures, written down.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

/// `vcispec baseline`
#[derive(Debug, Args)]
pub struct BaselineArguments {
    /// What to do.
    #[command(subcommand)]
    pub command: BaselineCommand,
}

/// What can be done with a baseline.
#[derive(Debug, Subcommand)]
pub enum BaselineCommand {
    /// Write down the failures of a run, to let them pass from now on.
    Write(BaselineWriteArguments),
}

/// `vcispec baseline write`
#[derive(Debug, Args)]
#[command(after_help = "\
Each failing check gets one entry, for a scenario only where the same check passes in another one. \
A later run shows what an entry covers as KNOWN, which is green. An entry is STALE, which is red, \
once all that it covers passes, after its last day (in UTC, on the day of the run), and where an \
entry before it covers the same. That an issuer cannot be reached is never let pass.

EXAMPLES
  vcispec run --report json=run.json
  vcispec baseline write run.json --reason 'the gateway strips the header' --expires-in 90")]
pub struct BaselineWriteArguments {
    /// A JSON report, or evidence of `vcispec run --save`.
    #[arg(value_name = "RUN")]
    pub run: PathBuf,
    /// Why these failures are let pass.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// The last day on which they are, such as 2027-02-01.
    #[arg(long, value_name = "DATE", conflicts_with = "expires_in", value_parser = day)]
    pub expires: Option<Date>,
    /// The same, counted in days from today.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..))]
    pub expires_in: Option<u16>,
    /// Where they are tracked.
    #[arg(long, value_name = "URL")]
    pub issue: Option<String>,
    /// Write down warnings too.
    #[arg(long)]
    pub warnings: bool,
    /// Where to write, or - for standard output.
    #[arg(long, value_name = "FILE", default_value = "vcispec-baseline.toml")]
    pub output: PathBuf,
    /// Keep the file as it is and add what it does not cover.
    #[arg(long, conflicts_with = "force")]
    pub merge: bool,
    /// Replace the file.
    #[arg(long)]
    pub force: bool,
}

fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "expected a day, such as 2027-02-01")
}
