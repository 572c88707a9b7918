//! The command line: arguments, files, the terminal, exit codes. Everything it decides, some
//! room below has decided already.

// What can be typed.
mod arguments;

// One file per command, what only that command needs in a folder beside it.
mod accept;
mod baseline;
mod catalogue;
mod check_scenario;
mod diff;
mod doctor;
mod explain;
mod generated;
mod init;
mod judge;
mod replay;
mod run;
mod scenario_new;
pub mod schema;
#[cfg(feature = "bundled-issuer")]
mod self_test;
#[cfg(feature = "bundled-issuer")]
mod serve;
mod snapshot;
mod wallet_provider;

// What commands are made of.
mod atomically;
pub mod configuration;
mod document;
mod drive;
mod gates;
mod identity;
mod order;
mod outputs;
mod pipeline;
mod plan;
mod progress;
mod recorded;
mod scenarios;
mod snapshot_file;
mod stop;
mod terminal;
mod trust;

use std::process::ExitCode;

use clap::Parser as _;

use crate::report::ExitStatus;
pub use arguments::{Arguments, command};
use arguments::{Command, ScenarioCommand};
pub use init::gitlab_component;

/// Why a command could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// What was typed, or a file that was named, is not right. Exit 2.
    #[error("{0}")]
    Usage(String),
    /// The issuer refused, or gave something unusable. Exit 1.
    #[error("{0}")]
    Refused(String),
    /// It could not be carried out. Exit 3.
    #[error("{0}")]
    Failed(String),
}

impl From<trust::TrustError> for CliError {
    fn from(error: trust::TrustError) -> Self {
        Self::Usage(error.to_string())
    }
}

impl CliError {
    /// The same, with a line that says more.
    fn and(self, line: &str) -> Self {
        let with = |text: String| format!("{text}\n  {line}");
        match self {
            Self::Usage(text) => Self::Usage(with(text)),
            Self::Refused(text) => Self::Refused(with(text)),
            Self::Failed(text) => Self::Failed(with(text)),
        }
    }

    fn status(&self) -> ExitStatus {
        match self {
            Self::Usage(_) => ExitStatus::Usage,
            Self::Refused(_) => ExitStatus::Red,
            Self::Failed(_) => ExitStatus::Error,
        }
    }
}

/// Runs the program and gives its exit code.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Every client and server of this process stands on the same provider.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            terminal::problem(&format!("the runtime could not be set up: {error}"));
            return ExitCode::from(ExitStatus::Error.code());
        }
    };
    let status = match runtime.block_on(dispatch(arguments)) {
        Ok(status) => status,
        Err(error) => {
            terminal::problem(&error.to_string());
            error.status()
        }
    };
    runtime.shutdown_background();
    ExitCode::from(status.code())
}

async fn dispatch(arguments: Arguments) -> Result<ExitStatus, CliError> {
    match arguments.command {
        #[cfg(feature = "bundled-issuer")]
        None => self_test::self_test().await,
        #[cfg(not(feature = "bundled-issuer"))]
        None => Err(CliError::Usage(
            "there is no bundled issuer in this build: use `vcispec run --issuer URL`".into(),
        )),
        Some(Command::Init(arguments)) => init::init(*arguments).await,
        Some(Command::Run(arguments)) => run::run(*arguments).await,
        Some(Command::Doctor(arguments)) => doctor::doctor(*arguments).await,
        Some(Command::Accept(arguments)) => accept::accept(*arguments).await,
        Some(Command::Judge(arguments)) => judge::judge(&arguments),
        Some(Command::Diff(arguments)) => diff::diff(&arguments),
        Some(Command::Baseline(arguments)) => baseline::baseline(&arguments),
        Some(Command::Snapshot(arguments)) => snapshot::snapshot(*arguments).await,
        Some(Command::Replay(arguments)) => replay::replay(*arguments).await,
        Some(Command::List(arguments)) => catalogue::list(&arguments),
        Some(Command::Explain(arguments)) => explain::explain(&arguments),
        Some(Command::CheckScenario(arguments)) => check_scenario::check_scenario(&arguments),
        Some(Command::Scenario(arguments)) => match arguments.command {
            ScenarioCommand::New(arguments) => scenario_new::scenario_new(&arguments),
        },
        Some(Command::Schema(arguments)) => schema::schema(&arguments),
        Some(Command::WalletProvider(arguments)) => wallet_provider::wallet_provider(&arguments),
        #[cfg(feature = "bundled-issuer")]
        Some(Command::Serve(arguments)) => serve::serve(*arguments).await,
        Some(Command::Completions(arguments)) => Ok(generated::completions(&arguments)),
        Some(Command::Man(arguments)) => generated::man(&arguments),
    }
}
