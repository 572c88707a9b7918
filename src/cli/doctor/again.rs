//! The same target as command-line words, to be pasted after `vcispec`. Offers and header fields
//! are left out: they are secrets, and what is printed ends up in logs.

use std::fmt::Write as _;

use crate::cli::arguments::{RunArguments, Target};
use crate::render::shell_word;

/// The command that looks closer at the target of a run.
pub fn again(arguments: &RunArguments) -> String {
    format!("vcispec doctor{}", words(arguments))
}

/// The arguments that name the target and say how it is reached, each with a space before it.
pub fn words(arguments: &RunArguments) -> String {
    let mut words = String::new();
    let mut add = |name: &str, value: &str| {
        let _ = write!(words, " --{name} {}", shell_word(value));
    };
    let under_test = &arguments.under_test;
    if let Some(path) = &under_test.config {
        add("config", &path.display().to_string());
    }
    if let Some(issuer) = &under_test.issuer {
        add("issuer", issuer);
    }
    if arguments.target == Some(Target::Production) {
        add("target", "production");
    }
    if let Some(id) = &under_test.client_id {
        add("client-id", id);
    }
    words + &arguments.http.words()
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::cli::arguments::{Arguments, Command};

    #[test]
    fn a_target_is_named_again_without_its_secrets() {
        let line = [
            "vcispec",
            "run",
            "--issuer",
            "https://h/a b",
            "--insecure",
            "--header",
            "h:x=secret",
            "--offer",
            "https://h/secret",
            "--ca",
            "ca.pem",
        ];
        let Ok(Arguments { command: Some(Command::Run(arguments)) }) =
            Arguments::try_parse_from(line)
        else {
            unreachable!("these are arguments of run");
        };
        assert_eq!(
            again(&arguments),
            "vcispec doctor --issuer 'https://h/a b' --ca ca.pem --insecure"
        );
    }
}
