//! `vcispec run`: what can be said of a run.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{GateArguments, HttpArguments, IssuerArguments, ReportingArguments};

/// Scenarios that run side by side, unless said otherwise.
const JOBS: u16 = 8;

/// `vcispec run`
#[derive(Debug, Args)]
pub struct RunArguments {
    /// The issuer under test.
    #[command(flatten)]
    pub under_test: IssuerArguments,
    /// Judge only these checks, run only these scenarios (globs). Repeatable.
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Leave these checks and scenarios out (globs). Repeatable.
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Scenarios that run side by side.
    #[arg(long, default_value_t = JOBS, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: u16,
    /// Give each refusal an offer of its own, instead of sharing one as long as that goes well.
    #[arg(long)]
    pub isolate: bool,
    /// Allow scenarios with this impact on the issuer. Repeatable, or a list with commas.
    #[arg(long, value_enum, value_name = "IMPACT", value_delimiter = ',')]
    pub allow: Vec<ImpactName>,
    /// What is tested. In production only scenarios run that leave nothing behind [default:
    /// stage].
    #[arg(long, value_enum, value_name = "TARGET")]
    pub target: Option<Target>,
    /// Run scenarios that wait for codes, tokens and nonces to expire, too: side by side, none longer
    /// than --max-wait, or 900 seconds.
    #[arg(long)]
    pub slow: bool,
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

impl RunArguments {
    /// A run of this issuer over these connections, with nothing else said.
    pub fn aimed_at(under_test: IssuerArguments, http: HttpArguments) -> Self {
        Self {
            under_test,
            http,
            target: None,
            include: Vec::new(),
            exclude: Vec::new(),
            jobs: JOBS,
            isolate: false,
            allow: Vec::new(),
            slow: false,
            save: None,
            gates: GateArguments::default(),
            reporting: ReportingArguments::default(),
        }
    }
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
