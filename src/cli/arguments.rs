//! What can be typed. Completions, man pages and the reference are made from this definition.

mod accept;
mod baseline;
mod diff;
mod doctor;
mod gates;
mod generated;
mod http;
mod init;
mod issuer;
mod judge;
mod replay;
mod reporting;
mod run;
mod scenario;
#[cfg(feature = "bundled-issuer")]
mod serve;
mod snapshot;
mod tables;
mod wallet_provider;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{CommandFactory as _, Parser, Subcommand};

use crate::checks::Profile;
use crate::protocol::dialect::Speech;

pub use accept::{AcceptArguments, AlgorithmName, BindingName, ClientAuthenticationName};
pub use baseline::{BaselineArguments, BaselineCommand, BaselineWriteArguments};
pub use diff::DiffArguments;
pub use doctor::DoctorArguments;
pub use gates::GateArguments;
pub use generated::{CompletionsArguments, ManArguments};
pub use http::HttpArguments;
pub use init::{CiName, InitArguments, OfferSourceName};
pub use issuer::IssuerArguments;
pub use judge::JudgeArguments;
pub use replay::ReplayArguments;
pub use reporting::{FailOn, ReportingArguments};
pub use run::{ImpactName, RunArguments, Target};
pub use scenario::{
    CheckScenarioArguments, NewScenarioArguments, ScenarioArguments, ScenarioCommand,
};
#[cfg(feature = "bundled-issuer")]
pub use serve::ServeArguments;
pub use snapshot::SnapshotArguments;
pub use tables::{ExplainArguments, ListArguments, SchemaArguments, Table};
pub use wallet_provider::{WalletProviderArguments, WalletProviderDocument};

/// The version and the commit it was built from.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("VCISPEC_COMMIT"), ")");

/// Conformance tests and a simulated wallet for OpenID4VCI credential issuers.
///
/// Without a command it tests itself: it starts the bundled reference issuer on a free loopback
/// port and runs every bundled scenario against it.
#[derive(Debug, Parser)]
#[command(name = "vcispec", version = VERSION, arg_required_else_help = false, max_term_width = 100)]
#[command(after_help = "\
EXIT CODES
  0  nothing red
  1  a red verdict
  2  usage, configuration or scenario error
  3  issuer unreachable, offers ran out, or interrupted

IN PIPELINES
  GITHUB_STEP_SUMMARY  run and judge append a Markdown report to this file
  GITHUB_ACTIONS=true  they print annotations on standard output, unless a report goes there

EXAMPLES
  vcispec doctor --issuer https://issuer.example
  vcispec init --issuer https://issuer.example
  vcispec run --issuer https://issuer.example
  vcispec run --offer 'openid-credential-offer://?credential_offer_uri=…'
  vcispec accept 'openid-credential-offer://?…' --tx-code 1234
  vcispec explain token/redeems-a-code-once")]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write vcispec.toml and a pipeline that runs it.
    Init(Box<InitArguments>),
    /// Judge an issuer: run scenarios against it and report.
    Run(Box<RunArguments>),
    /// Find out why a run would not judge, before it is tried: configuration, name, connection,
    /// TLS, clock, metadata, offers. Takes what run takes.
    Doctor(Box<DoctorArguments>),
    /// Be the wallet: redeem one offer and show the credential.
    Accept(Box<AcceptArguments>),
    /// Judge a run saved with `run --save` again, offline.
    Judge(JudgeArguments),
    /// Compare two runs: what is new, fixed, or no longer judged.
    Diff(DiffArguments),
    /// Write known failures down, so that they are let pass.
    Baseline(BaselineArguments),
    /// Record what an issuer says, or tell how it has drifted from that.
    Snapshot(Box<SnapshotArguments>),
    /// See a verdict again: run its scenario up to that exchange, and show then beside now.
    Replay(Box<ReplayArguments>),
    /// List checks, scenarios, faults or requirements.
    List(ListArguments),
    /// Explain a check, a scenario, a fault, a tamper or a requirement.
    Explain(ExplainArguments),
    /// Check scenarios of one's own without running them.
    CheckScenario(CheckScenarioArguments),
    /// Start a scenario of one's own from a recorded run.
    Scenario(ScenarioArguments),
    /// Print the JSON Schema of what vcispec writes or reads.
    Schema(SchemaArguments),
    /// Print what an issuer has to trust before it takes attestations of the simulated wallet.
    WalletProvider(WalletProviderArguments),
    /// Start the reference issuer alone.
    #[cfg(feature = "bundled-issuer")]
    Serve(Box<ServeArguments>),
    /// Print the completion script of a shell.
    Completions(CompletionsArguments),
    /// Print the man page, or write those of all commands.
    Man(ManArguments),
}

/// The definition itself, for generated documents.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// How a dialect is read: by its name, which completions offer.
fn speech() -> impl TypedValueParser<Value = Speech> {
    PossibleValuesParser::new(Speech::names()).try_map(|name| name.parse::<Speech>())
}

/// How a profile is read: by one of its names, which completions offer.
fn profile() -> impl TypedValueParser<Value = Profile> {
    let names = Profile::ALL.iter().map(|profile| profile.name());
    PossibleValuesParser::new(names).try_map(|name| name.parse::<Profile>())
}
