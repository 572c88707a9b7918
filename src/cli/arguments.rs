//! What can be typed. Completions, man pages and the reference are made from this definition.

mod accept;
mod http;
mod init;
mod judge;
mod reporting;
mod run;
#[cfg(feature = "bundled-issuer")]
mod serve;
mod tables;

use clap::{CommandFactory as _, Parser, Subcommand};

pub use accept::{AcceptArguments, BindingName};
pub use http::HttpArguments;
pub use init::{CiName, InitArguments, OfferSourceName};
pub use judge::JudgeArguments;
pub use reporting::{FailOn, ReportingArguments};
pub use run::{ImpactName, ProfileName, RunArguments};
#[cfg(feature = "bundled-issuer")]
pub use serve::{LoadArguments, ServeArguments};
pub use tables::{ExplainArguments, ListArguments, Table};

/// Conformance tests and a simulated wallet for OpenID4VCI credential issuers.
///
/// Without a command it tests itself: it starts the bundled reference issuer on a free loopback
/// port and runs every bundled scenario against it.
#[derive(Debug, Parser)]
#[command(name = "vcispec", version, arg_required_else_help = false, max_term_width = 100)]
#[command(after_help = "\
EXIT CODES
  0  nothing red      1  a red verdict
  2  usage, configuration or scenario error      3  issuer unreachable, or offers ran out

EXAMPLES
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
    /// Be the wallet: redeem one offer and show the credential.
    Accept(Box<AcceptArguments>),
    /// Judge a run saved with `run --save` again, offline.
    Judge(JudgeArguments),
    /// List checks, scenarios, faults or requirements.
    List(ListArguments),
    /// Explain a check, a scenario, a fault, a tamper or a requirement.
    Explain(ExplainArguments),
    /// Start the reference issuer alone.
    #[cfg(feature = "bundled-issuer")]
    Serve(ServeArguments),
    /// Put load on an issuer, for the benchmarks of this project.
    #[cfg(feature = "bundled-issuer")]
    #[command(hide = true)]
    BenchLoad(LoadArguments),
}

/// The definition itself, for generated documents.
pub fn command() -> clap::Command {
    Arguments::command()
}
