//! `vcispec doctor`: everything that `run` takes, so that a line of a pipeline can be looked at
//! with one word changed.

use clap::Args;

use super::RunArguments;

/// `vcispec doctor`
#[derive(Debug, Args)]
pub struct DoctorArguments {
    /// Wait for the issuer to answer, at most this long, before looking: for pipelines that have
    /// just started it.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub wait: Option<u64>,
    /// Take no offers; without this, each source that mints gives two on trial.
    #[arg(long)]
    pub no_offers: bool,
    /// Print one JSON object a line on standard output.
    #[arg(long)]
    pub json: bool,
    /// The same run.
    #[command(flatten)]
    pub run: RunArguments,
}
