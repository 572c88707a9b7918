//! `vcispec init` as a newcomer meets it: with flags, without a terminal, with an issuer that
//! answers and with one that does not.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::process::Served;

const BINARY: &str = env!("CARGO_BIN_EXE_vcispec");

fn vcispec(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(BINARY);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    // What a recipe asks for is not there by accident.
    command.env_remove("MANAGEMENT_URL").output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn where_nobody_is_to_ask_the_issuer_must_be_said() {
    let folder = tempfile::tempdir().unwrap();
    let output = vcispec(folder.path(), &["init"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("--issuer") && told(&output).contains("--ci"));
    let output = vcispec(folder.path(), &["init", "--issuer", "issuer.example"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(files(folder.path()).is_empty());
}

#[test]
fn what_is_found_out_is_told_and_written() {
    let served = Served::with(&[]);
    let folder = tempfile::tempdir().unwrap();
    let output = vcispec(folder.path(), &["init", "--issuer", &served.issuer, "--ci", "none"]);
    let said = told(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    for words in ["reference issuer", "/vci/fresh-nonce", "export MANAGEMENT_URL", "vcispec doctor"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(files(folder.path()), ["vcispec.toml"]);
    let output = vcispec(folder.path(), &["run"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("MANAGEMENT_URL is not set"), "{}", told(&output));
}

#[test]
fn a_gate_without_an_offer_source_is_green_from_the_start() {
    let served = Served::with(&[]);
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["init", "--issuer", &served.issuer, "--ci", "none", "--offer-source", "none"];
    let said = told(&vcispec(folder.path(), &arguments));
    assert!(said.contains("one-offer/*"), "{said}");
    for command in ["doctor", "run"] {
        let output = vcispec(folder.path(), &[command]);
        assert_eq!(output.status.code(), Some(0), "{command}: {}", told(&output));
    }
}

#[test]
fn an_issuer_that_does_not_answer_is_no_reason_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["init", "--issuer", "http://127.0.0.1:9", "--ci", "shell"];
    let output = vcispec(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(told(&output).contains("not found"), "{}", told(&output));
    assert_eq!(files(folder.path()), ["mint.sh", "vcispec-gate.sh", "vcispec.toml"]);
    let text = std::fs::read_to_string(folder.path().join("vcispec.toml")).unwrap();
    assert!(text.contains("./mint.sh") && text.contains("require_complete = true"), "{text}");
}

#[test]
fn what_is_there_is_not_overwritten_unasked() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("vcispec.toml"), "mine").unwrap();
    std::fs::write(folder.path().join("mint.sh"), "mine").unwrap();
    let arguments = ["init", "--issuer", "http://127.0.0.1:9", "--ci", "shell"];
    let output = vcispec(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("--force"), "{}", told(&output));
    assert_eq!(files(folder.path()), ["mint.sh", "vcispec.toml"]);
    let output = vcispec(folder.path(), &[&arguments[..], &["--force"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("vcispec.toml").contains("issuer"));
    assert_eq!(read("mint.sh"), "mine");
}

#[test]
fn a_pipeline_that_is_there_includes_ours() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(".gitlab-ci.yml"), "build: { script: make }").unwrap();
    let arguments = ["init", "--issuer", "http://127.0.0.1:9", "--offer-source", "none"];
    let output = vcispec(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(told(&output).contains("include: [vcispec.gitlab-ci.yml]"), "{}", told(&output));
    let expected = [".gitlab-ci.yml", "vcispec.gitlab-ci.yml", "vcispec.toml"];
    assert_eq!(files(folder.path()), expected);
    // The one that we wrote is ours to write again.
    std::fs::remove_file(folder.path().join(".gitlab-ci.yml")).unwrap();
    for _ in 0..2 {
        let again =
            vcispec(folder.path(), &[&arguments[..], &["--force", "--ci", "gitlab"]].concat());
        assert!(told(&again).contains("  .gitlab-ci.yml "), "{}", told(&again));
    }
}

/// Each product's configuration can be read, and says what is missing to run it.
#[test]
fn every_product_has_a_configuration_that_can_be_read() {
    for product in [
        "any-issuer",
        "eudi-pid-issuer",
        "eudiplo",
        "eudiw-connector",
        "keycloak",
        "mattr",
        "procivis",
        "reference-issuer",
        "swiyu",
        "walt-id",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let issuer = "http://127.0.0.1:9";
        let arguments = ["init", "--issuer", issuer, "--ci", "github", "--product", product];
        let output = vcispec(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{product}: {}", told(&output));
        let text = std::fs::read_to_string(folder.path().join("vcispec.toml")).unwrap();
        let workflow = folder.path().join(".github/workflows/vcispec.yml");
        let workflow = std::fs::read_to_string(workflow).unwrap();
        let mut run = Command::new(BINARY);
        run.arg("run").current_dir(folder.path());
        for part in text.split("${").skip(1) {
            let name = part.split('}').next().unwrap();
            assert!(told(&output).contains(&format!("export {name}=")), "{product}: {name}");
            assert!(workflow.contains(&format!("{name}: ${{{{ ")), "{product}: {name}");
            run.env(name, "http://127.0.0.1:9");
        }
        let output = run.output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{product}: {}\n{text}", told(&output));
    }
}
