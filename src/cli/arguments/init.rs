//! `vcispec init`: what can be said instead of being asked.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::HttpArguments;
use crate::checks::Profile;
use crate::cli::init::product_names;

/// `vcispec init`
#[derive(Debug, Args)]
pub struct InitArguments {
    /// The Credential Issuer Identifier. Asked for on a terminal.
    #[arg(long, value_name = "URL")]
    pub issuer: Option<String>,
    /// The pipeline that is to run the gate [default: the one that the directory is used with, or
    /// else a shell script]. Repeatable.
    #[arg(long, value_enum, value_name = "SYSTEM")]
    pub ci: Vec<CiName>,
    /// The product that the issuer is [default: told by its metadata, or else any-issuer].
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(product_names()))]
    pub product: Option<String>,
    /// Where fresh offers come from [default: the recipe of the product].
    #[arg(long, value_enum, value_name = "KIND")]
    pub offer_source: Option<OfferSourceName>,
    /// The credential configuration that is offered [default: the first in the metadata].
    #[arg(long, value_name = "ID")]
    pub config_id: Option<String>,
    /// The client_id of the wallet; anonymous without one.
    #[arg(long, value_name = "ID")]
    pub client_id: Option<String>,
    /// A profile that the issuer claims to follow [default: that of the product]. Repeatable.
    #[arg(long, value_name = "PROFILE", value_delimiter = ',', value_parser = super::profile())]
    pub profile: Vec<Profile>,
    /// Where the files are written: the root of the repository.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Overwrite files that are there.
    #[arg(long)]
    pub force: bool,
    /// Ask nothing.
    #[arg(long)]
    pub yes: bool,
    /// How connections are made, now and in every run.
    #[command(flatten)]
    pub http: HttpArguments,
}

/// A system that runs pipelines, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CiName {
    /// GitHub Actions: .github/workflows/vcispec.yml
    Github,
    /// GitLab CI: .gitlab-ci.yml, or vcispec.gitlab-ci.yml to include from it
    Gitlab,
    /// A plain shell script, for any other: vcispec-gate.sh
    Shell,
    /// No pipeline
    None,
}

/// Where fresh offers come from, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OfferSourceName {
    /// A program that prints an offer
    Exec,
    /// A request that is answered with an offer
    Http,
    /// Nowhere: only what needs no offer is run
    None,
}
