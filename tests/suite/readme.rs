//! The README, followed to the letter by somebody who has only that.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const BINARY: &str = env!("CARGO_BIN_EXE_vcispec");

/// The fenced blocks of the README: language and text.
fn blocks() -> Vec<(String, String)> {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(readme).unwrap();
    let mut blocks = Vec::new();
    let mut parts = text.split("```");
    parts.next();
    while let (Some(block), Some(_)) = (parts.next(), parts.next()) {
        let (language, body) = block.split_once('\n').unwrap();
        blocks.push((language.to_owned(), body.to_owned()));
    }
    blocks
}

/// Runs a command line as a shell does, with the binary on the path.
fn shell(line: &str, folder: &Path) -> Command {
    let bin = Path::new(BINARY).parent().unwrap().to_str().unwrap();
    let path = format!("{bin}:{}", std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("sh");
    command.args(["-c", &format!("exec {line}")]).current_dir(folder).env("PATH", path);
    command
}

struct Background(Child);

impl Drop for Background {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_commands_of_the_readme_do_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut background = Vec::new();
    let mut ran = 0;
    for (language, body) in blocks() {
        if language == "toml" {
            let name = body.lines().next().unwrap().trim_start_matches("# ");
            std::fs::write(folder.path().join(name), &body).unwrap();
        }
        for line in body.lines().filter(|_| language == "sh") {
            let (line, comment) = line.split_once("   # ").unwrap_or((line, "exit 0"));
            let expected = comment.strip_prefix("exit ").and_then(|code| code.parse::<i32>().ok());
            if line.starts_with("cargo ") {
                continue;
            }
            if line.starts_with("vcispec serve") {
                let mut child = shell(line, folder.path()).stdout(Stdio::piped()).spawn().unwrap();
                let mut first = String::new();
                BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
                assert!(first.starts_with("reference issuer"), "{first}");
                background.push(Background(child));
                continue;
            }
            let output = shell(line, folder.path()).stdin(Stdio::null()).output().unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), expected, "{line}\n{told}");
            ran += 1;
        }
    }
    assert!(ran >= 5, "only {ran} commands were found");
    for file in ["report.xml", "reports/SHA256SUMS"] {
        assert!(folder.path().join(file).is_file(), "{file}");
    }
}
