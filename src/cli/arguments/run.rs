//! `vcispec run`: what can be said of a run.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{HttpArguments, ReportingArguments};

/// `vcispec run`
#[derive(Debug, Args)]
pub struct RunArguments {
    /// The Credential Issuer Identifier. Without an offer, everything that needs none is run.
    #[arg(long, value_name = "URL")]
    pub issuer: Option<String>,
    /// One offer: a link of any scheme, an https link, JSON, a file, or - for standard input.
    #[arg(long, value_name = "OFFER")]
    pub offer: Option<String>,
    /// The transaction code that came with the offer.
    #[arg(long, value_name = "CODE", requires = "offer")]
    pub tx_code: Option<String>,
    /// Configuration file; `vcispec.toml` in this directory is read without being named.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The client_id of the wallet; anonymous without one.
    #[arg(long, value_name = "ID")]
    pub client_id: Option<String>,
    /// The profile that the issuer claims to follow.
    #[arg(long, value_enum)]
    pub profile: Option<ProfileName>,
    /// Trust anchors for credential signers, PEM. Repeatable.
    #[arg(long, value_name = "FILE")]
    pub trust: Vec<PathBuf>,
    /// Judge only these checks (globs). Repeatable.
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Leave these checks and scenarios out (globs). Repeatable.
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Scenarios that run side by side.
    #[arg(long, default_value_t = 8, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: u16,
    /// Give each refusal an offer of its own, instead of sharing one as long as that goes well.
    #[arg(long)]
    pub isolate: bool,
    /// The most offers to use.
    #[arg(long, value_name = "N")]
    pub max_offers: Option<usize>,
    /// Allow scenarios with this impact on the issuer. Repeatable, or a list with commas.
    #[arg(long, value_enum, value_name = "IMPACT", value_delimiter = ',')]
    pub allow: Vec<ImpactName>,
    /// What is tested. In production only scenarios run that leave nothing behind [default:
    /// stage].
    #[arg(long, value_enum, value_name = "TARGET")]
    pub target: Option<Target>,
    /// Save the evidence, secrets included, for `vcispec judge`.
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// How the report is written and what makes it red.
    #[command(flatten)]
    pub reporting: ReportingArguments,
    /// How connections are made.
    #[command(flatten)]
    pub http: HttpArguments,
}

/// A profile, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProfileName {
    /// OpenID4VCI 1.0 Final alone.
    Base,
    /// OpenID4VC High Assurance Interoperability Profile 1.0.
    Haip,
}

/// What is tested.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// A test system: offers may be used up.
    #[default]
    Stage,
    /// A system that serves people: nothing is left behind, and no offer is used.
    Production,
}

/// An impact, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImpactName {
    /// May lock offers, clients or accounts.
    Locks,
    /// Sends many requests.
    Load,
}
