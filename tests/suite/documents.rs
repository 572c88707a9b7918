//! The README and the book, followed to the letter by somebody who has only those.
//!
//! In each document the `sh` blocks are run line by line in a folder of its own, `toml`, `yaml`
//! and `sh` blocks that open with `# NAME` are files in it. A comment `   # exit N` after a command
//! is the exit code it promises; 0 without one.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

const BINARY: &str = env!("CARGO_BIN_EXE_vcispec");
/// The ports that the documents write; each story is given free ones.
const PORTS: [&str; 2] = ["8765", "8766"];
/// What a reader runs to get or to build the program. It is here already.
const NOT_OURS: &[&str] = &["cargo ", "git ", "sudo ", "docker ", "tar ", "sha256sum "];

#[test]
fn the_commands_of_the_readme_do_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let ran = follow(&root().join("README.md"), folder.path());
    assert!(ran >= 5, "only {ran} commands were found");
    for file in ["report.xml", "reports/SHA256SUMS"] {
        assert!(folder.path().join(file).is_file(), "{file}");
    }
}

#[test]
fn the_commands_of_the_book_do_what_it_says() {
    let mut ran = BTreeMap::new();
    for page in pages() {
        let folder = tempfile::tempdir().unwrap();
        ran.insert(page.clone(), follow(&page, folder.path()));
    }
    assert!(ran.values().sum::<usize>() >= 20, "{ran:#?}");
}

#[test]
fn commands_named_in_a_sentence_exist() {
    let mut strange = Vec::new();
    for page in pages().into_iter().chain([root().join("README.md"), root().join("SECURITY.md")]) {
        let text = std::fs::read_to_string(&page).unwrap();
        for event in Parser::new(&text) {
            let Event::Code(code) = event else { continue };
            if let Some(why) = code.strip_prefix("vcispec ").and_then(unknown) {
                strange.push(format!("{}: `{code}`: {why}", page.display()));
            }
        }
    }
    assert!(strange.is_empty(), "{}", strange.join("\n"));
}

/// What the command line does not know of these words; what it only misses is no concern here.
fn unknown(words: &str) -> Option<String> {
    use clap::error::ErrorKind::{InvalidSubcommand, UnknownArgument};
    let words = std::iter::once("vcispec").chain(words.split_whitespace());
    let error = vcispec::cli::command().try_get_matches_from(words).err()?;
    matches!(error.kind(), InvalidSubcommand | UnknownArgument).then(|| error.to_string())
}

/// Does what a document says, and gives how many commands that were.
fn follow(document: &Path, folder: &Path) -> usize {
    let ports = free_ports();
    let mut background = Vec::new();
    let mut ran = 0;
    for (language, body) in blocks(document) {
        let body =
            PORTS.iter().zip(&ports).fold(body, |body, (port, free)| body.replace(port, free));
        if let Some(name) = file_name(&language, &body) {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &body).unwrap();
            continue;
        }
        for line in body.lines().filter(|line| language == "sh" && !line.is_empty()) {
            let (line, comment) = line.split_once("   # ").unwrap_or((line, "exit 0"));
            let expected = comment.strip_prefix("exit ").and_then(|code| code.parse::<i32>().ok());
            let line = line.trim_end();
            if line.starts_with('#') || NOT_OURS.iter().any(|start| line.starts_with(start)) {
                continue;
            }
            if line.starts_with("vcispec serve") {
                let stopped = background.pop();
                drop(stopped);
                background.push(serve(line, folder));
                continue;
            }
            let output = shell(line, folder).stdin(Stdio::null()).output().unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), expected, "{}: {line}\n{told}", document.display());
            ran += 1;
        }
    }
    ran
}

/// The file that a block is, where its first line names one.
fn file_name(language: &str, body: &str) -> Option<String> {
    let first = body.lines().next().filter(|_| ["toml", "yaml", "sh"].contains(&language))?;
    let name = first.strip_prefix("# ")?;
    let is_name = !name.contains(' ') && name.contains('.') && !name.ends_with('.');
    is_name.then(|| name.to_owned())
}

/// The fenced blocks of a document: language and text.
fn blocks(document: &Path) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(document).unwrap();
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for event in Parser::new(&text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                inside = true;
                blocks.push((language.to_string(), String::new()));
            }
            Event::Text(text) if inside => blocks.last_mut().unwrap().1.push_str(&text),
            Event::End(TagEnd::CodeBlock) => inside = false,
            _ => {}
        }
    }
    blocks
}

/// The pages of the book that are written by hand.
fn pages() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join("docs/src")).unwrap();
    let files = folder.map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    pages.sort();
    assert!(!pages.is_empty());
    pages
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Ports that were free a moment ago.
fn free_ports() -> Vec<String> {
    let bind = |_| std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listeners: Vec<_> = PORTS.iter().map(bind).collect();
    listeners.iter().map(|one| one.local_addr().unwrap().port().to_string()).collect()
}

/// Runs a command line as a shell does, with the binary on the path.
fn shell(line: &str, folder: &Path) -> Command {
    let bin = Path::new(BINARY).parent().unwrap().to_str().unwrap();
    let path = format!("{bin}:{}", std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("sh");
    command.args(["-c", line]).current_dir(folder).env("PATH", path);
    command.env("XDG_CONFIG_HOME", folder.join(".config"));
    for variable in ["GITHUB_STEP_SUMMARY", "GITHUB_ACTIONS", "CI"] {
        command.env_remove(variable);
    }
    command
}

/// Starts an issuer and waits until it says that it is ready.
fn serve(line: &str, folder: &Path) -> Background {
    let mut child = shell(&format!("exec {line}"), folder).stdout(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("reference issuer"), "{line}: {first}");
    Background(child)
}

struct Background(Child);

impl Drop for Background {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
