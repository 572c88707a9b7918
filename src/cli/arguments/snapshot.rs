//! `vcispec snapshot`: what an issuer says, recorded and compared.

use std::path::PathBuf;

use clap::Args;

use super::{HttpArguments, IssuerArguments};

/// `vcispec snapshot`
#[derive(Debug, Args)]
pub struct SnapshotArguments {
    /// Where the snapshot is kept [default: snapshots/issuers/ISSUER.toml].
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Write what the issuer says now, after a review of what has changed.
    #[arg(long)]
    pub update: bool,
    /// Record only these scenarios (globs). Repeatable.
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Leave these scenarios out (globs). Repeatable.
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Scenarios that run side by side.
    #[arg(long, default_value_t = 8, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: u16,
    /// The issuer under test.
    #[command(flatten)]
    pub under_test: IssuerArguments,
    /// How connections are made.
    #[command(flatten)]
    pub http: HttpArguments,
}
