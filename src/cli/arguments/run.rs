//! `vcispec run`: what can be said of a run.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{GateArguments, HttpArguments, ReportingArguments};
use crate::checks::Edition;

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
    /// The edition of the checks in force; newer ones only warn. The newest without it.
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<Edition>,
    /// Trust anchors for credential signers, PEM. Repeatable.
    #[arg(long, value_name = "FILE")]
    pub trust: Vec<PathBuf>,
    /// Run this scenario of one's own too, or every one in this folder. Repeatable.
    #[arg(long, value_name = "FILE|DIR")]
    pub scenario: Vec<PathBuf>,
    /// Judge only these checks, run only these scenarios (globs). Repeatable.
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
    /// Allow scenarios with this impact on the issuer. Repeatable.
    #[arg(long, value_enum, value_name = "IMPACT")]
    pub allow: Vec<ImpactName>,
    /// Save the evidence, secrets included, for `vcispec judge`.
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// What the run is held against beside the specification.
    #[command(flatten)]
    pub gates: GateArguments,
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

/// An impact, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImpactName {
    /// May lock offers, clients or accounts.
    Locks,
    /// Sends many requests.
    Load,
}
