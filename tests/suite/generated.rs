//! What is made from the definition of the command line: shells and man must be able to read it.

use std::path::Path;
use std::process::Command;

use crate::process::{stderr, stdout, vcispec};

fn printed(arguments: &[&str]) -> String {
    let output = vcispec(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    stdout(&output)
}

/// The names of all commands, each with those above it: `vcispec`, `vcispec-run`, …
fn commands(command: &clap::Command, above: &str) -> Vec<String> {
    let name = format!("{above}{}", command.get_name());
    let below = command.get_subcommands().filter(|command| !command.is_hide_set());
    let below: Vec<String> =
        below.flat_map(|command| commands(command, &format!("{name}-"))).collect();
    [vec![name], below].concat()
}

#[test]
fn the_version_names_the_commit() {
    let text = printed(&["--version"]);
    let version = env!("CARGO_PKG_VERSION");
    let commit = text.strip_prefix(&format!("vcispec {version} ("));
    assert!(commit.is_some_and(|commit| commit.trim_end().len() > 1), "{text}");
}

/// What bash offers after these words.
#[cfg(unix)]
fn offered_by_bash(script: &Path, words: &[&str]) -> Vec<String> {
    let line = format!(
        "source '{}'; COMP_WORDS=({}); COMP_CWORD={}; _vcispec vcispec '{}' '{}'; \
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        script.display(),
        words.join(" "),
        words.len() - 1,
        words[words.len() - 1],
        words[words.len() - 2],
    );
    let output = Command::new("bash").args(["--norc", "-c", &line]).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn bash_completes_commands_options_and_values() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("vcispec.bash");
    std::fs::write(&script, printed(&["completions", "bash"])).unwrap();
    let read = Command::new("bash").arg("-n").arg(&script).output().unwrap();
    assert!(read.status.success(), "{}", stderr(&read));
    assert_eq!(offered_by_bash(&script, &["vcispec", "acc"]), ["accept"]);
    assert_eq!(offered_by_bash(&script, &["vcispec", "run", "--iss"]), ["--issuer"]);
    assert_eq!(offered_by_bash(&script, &["vcispec", "run", "--profile", "h"]), ["haip-1.0"]);
}

#[test]
fn every_shell_has_a_script_that_names_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = printed(&["completions", shell]);
        for command in vcispec::cli::command().get_subcommands() {
            assert!(script.contains(command.get_name()), "{shell}: {}", command.get_name());
        }
    }
}

#[test]
fn every_command_has_a_page_that_man_can_read() {
    let folder = tempfile::tempdir().unwrap();
    printed(&["man", "--output", folder.path().to_str().unwrap()]);
    let expected = commands(&vcispec::cli::command(), "");
    let mut found: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    let mut pages: Vec<String> = expected.iter().map(|name| format!("{name}.1")).collect();
    pages.sort();
    assert_eq!(found, pages);
    // The formatter that man uses, where there is one, has nothing to say against them.
    for page in &pages {
        let formatter = Command::new("groff")
            .args(["-man", "-Tutf8", "-Kutf8", "-ww", "-z"])
            .arg(folder.path().join(page))
            .output();
        if let Ok(formatted) = formatter {
            assert_eq!(stderr(&formatted), "", "{page}");
        }
    }
    let one = std::fs::read_to_string(folder.path().join("vcispec.1")).unwrap();
    assert_eq!(printed(&["man"]), one);
}
