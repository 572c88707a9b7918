//! What a judged run is held against.

use std::path::PathBuf;

use clap::Args;

/// What a judged run is held against.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Gate")]
pub struct GateArguments {
    /// The snapshot that the issuer must not drift from
    /// [default: snapshots/issuers/ISSUER.toml where that is there].
    #[arg(long, value_name = "FILE", conflicts_with = "no_snapshot")]
    pub snapshot: Option<PathBuf>,
    /// Do not hold the issuer against its snapshot.
    #[arg(long)]
    pub no_snapshot: bool,
}
