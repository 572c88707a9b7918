//! The command line as it explains itself.

use super::markdown;

/// Columns of the help: the width must not depend on a terminal.
const WIDTH: usize = 100;

/// `cli.md`.
pub fn document() -> String {
    let mut program = vcispec::cli::command().term_width(WIDTH);
    program.build();
    let mut text =
        markdown::head("Command line", "What `vcispec --help` and `vcispec COMMAND --help` print.");
    text += &section("vcispec", &program.render_long_help().to_string());
    commands("vcispec", &mut program, &mut text);
    text
}

/// Every command of a program or command, and theirs.
fn commands(path: &str, of: &mut clap::Command, text: &mut String) {
    let shown = of.get_subcommands_mut().filter(|command| !command.is_hide_set());
    for command in shown.filter(|command| command.get_name() != "help") {
        let path = format!("{path} {}", command.get_name());
        *text += &section(&path, &command.render_long_help().to_string());
        commands(&path, command, text);
    }
}

fn section(title: &str, help: &str) -> String {
    // Blanks at the ends of lines are nothing to quarrel over.
    let lines: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
    format!("\n## {title}\n\n```text\n{}\n```\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_command_that_is_shown_is_documented() {
        let text = super::document();
        assert!(text.contains("\n## vcispec run\n") && text.contains("\n## vcispec accept\n"));
    }
}
