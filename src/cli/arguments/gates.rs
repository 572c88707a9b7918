//! What a run is held against beside the specification.

use std::path::PathBuf;

use clap::Args;

/// What a run is held against beside the specification.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Gate")]
pub struct GateArguments {
    /// Let the failures in this file pass; `vcispec-baseline.toml` beside the configuration, or in
    /// this directory, is read without being named. See `vcispec baseline write`.
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline")]
    pub baseline: Option<PathBuf>,
    /// Let no failure pass, known or not.
    #[arg(long)]
    pub no_baseline: bool,
    /// The snapshot that the issuer must not drift from
    /// [default: snapshots/issuers/ISSUER.toml where that is there].
    #[arg(long, value_name = "FILE", conflicts_with = "no_snapshot")]
    pub snapshot: Option<PathBuf>,
    /// Do not hold the issuer against its snapshot.
    #[arg(long)]
    pub no_snapshot: bool,
}
