//! `vcispec completions` and `vcispec man`: what is made from this definition.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// `vcispec completions`
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// Which shell.
    #[arg(value_enum)]
    pub shell: Shell,
}

/// `vcispec man`
#[derive(Debug, Args)]
pub struct ManArguments {
    /// Write the page of every command into this folder; without it, vcispec(1) goes to standard
    /// output.
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}
