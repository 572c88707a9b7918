//! What can be typed. Completions, man pages and the reference are made from this definition.

use std::path::PathBuf;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

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
    /// Allow scenarios with this impact on the issuer. Repeatable.
    #[arg(long, value_enum, value_name = "IMPACT")]
    pub allow: Vec<ImpactName>,
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

/// How a report is written and what makes it red.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Report")]
pub struct ReportingArguments {
    /// Write a report: human, json or junit, as KIND=FILE or KIND=- for standard output.
    /// Repeatable.
    #[arg(long, value_name = "KIND=FILE")]
    pub report: Vec<String>,
    /// Let warnings fail the run too.
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,
    /// Let scenarios that were not run fail the run.
    #[arg(long)]
    pub require_complete: bool,
}

/// How connections are made.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Connections")]
pub struct HttpArguments {
    /// Seconds for one whole exchange [default: 20].
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub timeout: Option<u64>,
    /// The most requests a second.
    #[arg(long, value_name = "N")]
    pub max_rps: Option<f64>,
    /// A further trust anchor for TLS, PEM. Repeatable.
    #[arg(long, value_name = "FILE")]
    pub ca: Vec<PathBuf>,
    /// Client certificate chain and key in one PEM file.
    #[arg(long, value_name = "FILE")]
    pub client_cert: Option<PathBuf>,
    /// Look HOST up at ADDRESS; Host, aud and htu stay. Repeatable.
    #[arg(long, value_name = "HOST:PORT=ADDRESS")]
    pub resolve: Vec<String>,
    /// A header field for one host. Repeatable.
    #[arg(long, value_name = "HOST:NAME=VALUE")]
    pub header: Vec<String>,
    /// Allow plain http to this host. Announced in the report. Repeatable.
    #[arg(long, value_name = "HOST")]
    pub allow_http: Vec<String>,
    /// Follow URLs that the issuer names to this host, though it is not public. Repeatable.
    #[arg(long, value_name = "HOST")]
    pub allow_host: Vec<String>,
    /// Do not verify server certificates. Announced in the report.
    #[arg(long)]
    pub insecure: bool,
}

/// `vcispec accept`
#[derive(Debug, Args)]
pub struct AcceptArguments {
    /// The offer: a link of any scheme, an https link, JSON, a file, or - for standard input.
    #[arg(value_name = "OFFER", required_unless_present = "code", conflicts_with = "code")]
    pub offer: Option<String>,
    /// The transaction code that came with the offer; asked for on a terminal when needed.
    #[arg(long, value_name = "CODE")]
    pub tx_code: Option<String>,
    /// Ask for this many credentials at once.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=100))]
    pub batch: u64,
    /// Which of the offered configurations to ask for; the first without it.
    #[arg(long, value_name = "ID")]
    pub config_id: Option<String>,
    /// How the proof names its key; what the issuer announces without it.
    #[arg(long, value_enum, value_name = "METHOD")]
    pub binding: Option<BindingName>,
    /// The Credential Issuer Identifier, with --code instead of an offer.
    #[arg(long, value_name = "URL", requires = "code")]
    pub issuer: Option<String>,
    /// A bare pre-authorized code, with --issuer.
    #[arg(long, value_name = "CODE", requires = "issuer")]
    pub code: Option<String>,
    /// The client_id of the wallet; anonymous without one.
    #[arg(long, value_name = "ID")]
    pub client_id: Option<String>,
    /// Trust anchors for credential signers, PEM. Repeatable.
    #[arg(long, value_name = "FILE")]
    pub trust: Vec<PathBuf>,
    /// Print one JSON document on standard output and nothing else.
    #[arg(long)]
    pub json: bool,
    /// How connections are made.
    #[command(flatten)]
    pub http: HttpArguments,
}

/// `vcispec judge`
#[derive(Debug, Args)]
pub struct JudgeArguments {
    /// A file written by `vcispec run --save`.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// How the report is written and what makes it red.
    #[command(flatten)]
    pub reporting: ReportingArguments,
}

/// `vcispec list`
#[derive(Debug, Args)]
pub struct ListArguments {
    /// Which table.
    #[arg(value_enum)]
    pub table: Table,
    /// Of the requirements, only those that no check judges yet.
    #[arg(long)]
    pub open: bool,
}

/// `vcispec explain`
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The id of a check, scenario, fault, tamper or requirement.
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// `vcispec serve`
#[cfg(feature = "bundled-issuer")]
#[derive(Clone, Debug, Args)]
pub struct ServeArguments {
    /// A named configuration of the reference issuer.
    #[arg(long, value_name = "NAME", default_value = "default")]
    pub configuration: String,
    /// Where the protocol is served.
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<std::net::SocketAddr>,
    /// Where POST /offers is served.
    #[arg(long, value_name = "ADDRESS")]
    pub management: Option<std::net::SocketAddr>,
    /// Show this fault. Repeatable; see `vcispec list faults`.
    #[arg(long, value_name = "NAME")]
    pub fault: Vec<String>,
    /// Show some fault in this share of the requests, 0 to 1 or N%.
    #[arg(long, value_name = "SHARE")]
    pub misbehave: Option<String>,
    /// The seed of --misbehave.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Seconds that codes, tokens and nonces live.
    #[arg(long, value_name = "SECONDS")]
    pub lifetimes: Option<u64>,
    /// Print one JSON line when ready instead of a text.
    #[arg(long)]
    pub json: bool,
}

/// `vcispec bench-load`
#[cfg(feature = "bundled-issuer")]
#[derive(Clone, Debug, Args)]
pub struct LoadArguments {
    /// The Credential Issuer Identifier.
    #[arg(long)]
    pub issuer: String,
    /// The management URL of the reference issuer.
    #[arg(long)]
    pub management: String,
    /// Wallets at the same time.
    #[arg(long, default_value_t = 1)]
    pub concurrency: usize,
    /// Proofs in one request.
    #[arg(long, default_value_t = 1)]
    pub batch: u64,
    /// How long.
    #[arg(long, default_value_t = 5.0)]
    pub seconds: f64,
    /// Mint offers as they are used, instead of beforehand.
    #[arg(long)]
    pub mint_as_used: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// A profile, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProfileName {
    /// OpenID4VCI 1.0 Final alone.
    Base,
    /// OpenID4VC High Assurance Interoperability Profile 1.0.
    Haip,
}

/// How a key proof names its key, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BindingName {
    /// The jwk header.
    Jwk,
    /// A kid that is a did:jwk URL.
    #[value(name = "did:jwk")]
    DidJwk,
    /// A kid that is a did:key URL.
    #[value(name = "did:key")]
    DidKey,
    /// An x5c header with a self-signed certificate.
    X5c,
}

/// An impact, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImpactName {
    /// May lock offers, clients or accounts.
    Locks,
    /// Sends many requests.
    Load,
}

/// What makes a run red beside failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Broken MUSTs only.
    Must,
    /// Broken SHOULDs too.
    Should,
}

/// A table of `vcispec list`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Table {
    /// Every check.
    Checks,
    /// Every bundled scenario.
    Scenarios,
    /// Every fault of the reference issuer.
    Faults,
    /// Every normative statement of the covered specifications.
    Requirements,
}

/// The definition itself, for generated documents.
pub fn command() -> clap::Command {
    Arguments::command()
}
