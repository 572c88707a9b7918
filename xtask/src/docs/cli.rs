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
    let commands = program.get_subcommands_mut().filter(|command| !command.is_hide_set());
    for command in commands.filter(|command| command.get_name() != "help") {
        let title = format!("vcispec {}", command.get_name());
        text += &section(&title, &command.render_long_help().to_string());
    }
    text
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
