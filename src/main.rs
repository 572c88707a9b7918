//! `vcispec`: conformance tests and a simulated wallet for OpenID4VCI credential issuers.

use std::process::ExitCode;

fn main() -> ExitCode {
    vcispec::cli::main()
}
