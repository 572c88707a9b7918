//! `vcispec replay`: a verdict seen again.

use std::path::PathBuf;

use clap::Args;

use super::{HttpArguments, ImpactName, IssuerArguments};

/// `vcispec replay`
#[derive(Debug, Args)]
pub struct ReplayArguments {
    /// The run: a JSON report, or evidence written with --save.
    #[arg(value_name = "RUN")]
    pub run: PathBuf,
    /// The check, as the report names it: check or check@endpoint.
    #[arg(value_name = "CHECK")]
    pub check: String,
    /// The scenario that showed it; the first with the worst verdict without it.
    #[arg(long, value_name = "ID")]
    pub within: Option<String>,
    /// Allow a scenario with this impact on the issuer. Repeatable.
    #[arg(long, value_enum, value_name = "IMPACT")]
    pub allow: Vec<ImpactName>,
    /// The issuer to ask again; the one of the run where nothing else names one.
    #[command(flatten)]
    pub under_test: IssuerArguments,
    /// How connections are made.
    #[command(flatten)]
    pub http: HttpArguments,
}
