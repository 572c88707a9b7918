//! The project's toolbox: what the build needs besides Cargo, written in the language of the rest.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task talks to whoever called it")]

mod archive;
mod bench;
mod book;
mod digest;
mod docs;
mod image;
mod interop;
mod mint;
mod moment;
mod process;
mod release;
mod service;
mod workspace;

use std::error::Error;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::{Parser, Subcommand};

/// What the build of vcispec needs besides Cargo.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write the generated tables and schemas, or compare them.
    Docs {
        /// Write nothing; fail where a document is not what would be written.
        #[arg(long)]
        check: bool,
    },
    /// Build the book in docs/ and follow its links.
    Book,
    /// The outer ring: wallets, verifiers and issuers of third parties, from npm and PyPI.
    Interop {
        /// Only these parts of it.
        parts: Vec<interop::Part>,
    },
    /// The figures that the project promises, beside those of npm parts.
    Bench {
        /// Figures to look at while working.
        #[arg(long)]
        quick: bool,
    },
    /// Put load on an issuer: the wallets of `bench`, in a process of their own.
    #[command(hide = true)]
    Load(bench::wallets::LoadArguments),
    /// Install the program as it is shipped, and let it test itself.
    SelfTest,
    /// Build the container image, without a container engine.
    Image {
        /// A folder for an OCI image layout, or a file that ends in .tar for the same in an archive.
        #[arg(long, value_name = "DIR|TAR", default_value_os_t = workspace::output("image"))]
        output: PathBuf,
        /// Read it back, and where umoci is installed, unpack it and run what it holds.
        #[arg(long)]
        check: bool,
    },
    /// Build what is published with a version: archive, checksums, bill of materials.
    Release {
        /// Where it is written.
        #[arg(long, value_name = "DIR", default_value_os_t = workspace::output("release"))]
        output: PathBuf,
    },
}

/// What every task ends in. Nobody but a person reads the error.
type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Docs { check: false } => docs::write(),
        Task::Docs { check: true } => docs::check(),
        Task::Book => book::run(),
        Task::Interop { parts } => interop::run(&parts),
        Task::Bench { quick: false } => bench::run(bench::FULL),
        Task::Bench { quick: true } => bench::run(bench::QUICK),
        Task::Load(arguments) => bench::wallets::load(&arguments),
        Task::SelfTest => self_test(),
        Task::Image { output, check } => image::run(&output, check),
        Task::Release { output } => release::run(&output),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn self_test() -> Outcome {
    let program = workspace::install()?;
    println!("installed as {}", program.display());
    match Command::new(program).status()? {
        status if status.success() => Ok(()),
        status => Err(format!("the self-test ended with {status}").into()),
    }
}
