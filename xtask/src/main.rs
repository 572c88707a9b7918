//! The project's toolbox: what the build needs besides Cargo, written in the language of the rest.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task talks to whoever called it")]

mod bench;
mod docs;
mod interop;
mod mint;
mod process;
mod service;
mod workspace;

use std::error::Error;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask docs [--check]     write the generated documents (tables, JSON Schemas), or compare them
cargo xtask interop            the outer ring: a third-party wallet and a third-party issuer, from npm
cargo xtask bench [--quick]    the figures that the project promises, beside those of npm parts
";

/// What every task ends in. Nobody but a person reads the error.
type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["docs"] => docs::write(),
        ["docs", "--check"] => docs::check(),
        ["interop"] => interop::run(),
        ["bench"] => bench::run(bench::FULL),
        ["bench", "--quick"] => bench::run(bench::QUICK),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
