//! The command line as it explains itself.

use std::path::Path;
use std::process::Command;

use super::markdown;
use crate::{Outcome, workspace};

/// `cli.md`.
pub fn document() -> Outcome<String> {
    let program = workspace::build(workspace::Profile::Debug)?;
    let own = help(&program, &["--help"])?;
    let mut text =
        markdown::head("Command line", "What `vcispec --help` and `vcispec COMMAND --help` print.");
    text += &section("vcispec", &own);
    for command in commands(&own) {
        let title = format!("vcispec {command}");
        text += &section(&title, &help(&program, &[command, "--help"])?);
    }
    Ok(text)
}

fn section(title: &str, help: &str) -> String {
    format!("\n## {title}\n\n```text\n{}\n```\n", help.trim_end())
}

/// The names in the list of commands.
fn commands(help: &str) -> impl Iterator<Item = &str> {
    let list = help.split_once("\nCommands:\n").map_or("", |(_, list)| list);
    list.lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
}

fn help(program: &Path, arguments: &[&str]) -> Outcome<String> {
    // The width must not depend on the terminal.
    let output = Command::new(program)
        .args(arguments)
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .output()?;
    if !output.status.success() {
        let arguments = arguments.join(" ");
        return Err(format!("vcispec {arguments} ended with {}", output.status).into());
    }
    // Trailing blanks are nothing to quarrel over.
    let text = String::from_utf8(output.stdout)?;
    Ok(text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::commands;

    #[test]
    fn commands_are_found_in_the_help() {
        let help = "About\n\nUsage: x\n\nCommands:\n  run     Judges an issuer\n          and says so\n  accept  Redeems\n  help    Prints\n\nOptions:\n  -h\n";
        assert_eq!(commands(help).collect::<Vec<_>>(), ["run", "accept"]);
    }
}
