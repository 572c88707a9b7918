//! `vcispec init` as a newcomer meets it: with flags, without a terminal, with an issuer that
//! answers and with one that does not.

use std::process::Command;

use crate::folder::Folder;
use crate::process::{BINARY, Served, stderr};

#[test]
fn where_nobody_is_to_ask_the_issuer_must_be_said() {
    let folder = Folder::new();
    let output = folder.vcispec(&["init"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--issuer") && stderr(&output).contains("--ci"));
    let output = folder.vcispec(&["init", "--issuer", "issuer.example"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(folder.names().is_empty());
}

#[test]
fn what_is_found_out_is_told_and_written() {
    let served = Served::with(&[]);
    let folder = Folder::new();
    let output = folder.vcispec(&["init", "--issuer", &served.issuer, "--ci", "none"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    for words in ["reference issuer", "/vci/fresh-nonce", "export MANAGEMENT_URL", "vcispec doctor"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(folder.names(), ["vcispec.toml"]);
    let output = folder.vcispec(&["run"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("MANAGEMENT_URL is not set"), "{}", stderr(&output));
}

#[test]
fn a_gate_without_an_offer_source_is_green_from_the_start() {
    let served = Served::with(&[]);
    let folder = Folder::new();
    let arguments = ["init", "--issuer", &served.issuer, "--ci", "none", "--offer-source", "none"];
    let said = stderr(&folder.vcispec(&arguments));
    assert!(said.contains("one-offer/*"), "{said}");
    for command in ["doctor", "run"] {
        let output = folder.vcispec(&[command]);
        assert_eq!(output.status.code(), Some(0), "{command}: {}", stderr(&output));
    }
}

#[test]
fn an_issuer_that_does_not_answer_is_no_reason_to_stop() {
    let folder = Folder::new();
    let arguments = ["init", "--issuer", "http://127.0.0.1:9", "--ci", "shell"];
    let output = folder.vcispec(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("not found"), "{}", stderr(&output));
    assert_eq!(folder.names(), ["mint.sh", "vcispec-gate.sh", "vcispec.toml"]);
    let text = folder.read("vcispec.toml");
    assert!(text.contains("./mint.sh") && text.contains("require_complete = true"), "{text}");
}

#[test]
fn what_is_there_is_not_overwritten_unasked() {
    let folder = Folder::new();
    folder.write("vcispec.toml", "mine");
    folder.write("mint.sh", "mine");
    let arguments = ["init", "--issuer", "http://127.0.0.1:9", "--ci", "shell"];
    let output = folder.vcispec(&arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--force"), "{}", stderr(&output));
    assert_eq!(folder.names(), ["mint.sh", "vcispec.toml"]);
    let output = folder.vcispec(&[&arguments[..], &["--force"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(folder.read("vcispec.toml").contains("issuer"));
    assert_eq!(folder.read("mint.sh"), "mine");
}

#[test]
fn a_pipeline_that_is_there_includes_ours() {
    let folder = Folder::new();
    folder.write(".gitlab-ci.yml", "build: { script: make }");
    let arguments = ["init", "--issuer", "http://127.0.0.1:9", "--offer-source", "none"];
    let output = folder.vcispec(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("include: [vcispec.gitlab-ci.yml]"), "{}", stderr(&output));
    let expected = [".gitlab-ci.yml", "vcispec.gitlab-ci.yml", "vcispec.toml"];
    assert_eq!(folder.names(), expected);
    // The one that we wrote is ours to write again.
    std::fs::remove_file(folder.path(".gitlab-ci.yml")).unwrap();
    for _ in 0..2 {
        let again = folder.vcispec(&[&arguments[..], &["--force", "--ci", "gitlab"]].concat());
        assert!(stderr(&again).contains("  .gitlab-ci.yml "), "{}", stderr(&again));
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
        let folder = Folder::new();
        let issuer = "http://127.0.0.1:9";
        let arguments = ["init", "--issuer", issuer, "--ci", "github", "--product", product];
        let output = folder.vcispec(&arguments);
        assert_eq!(output.status.code(), Some(0), "{product}: {}", stderr(&output));
        let text = folder.read("vcispec.toml");
        let workflow = folder.read(".github/workflows/vcispec.yml");
        let mut run = Command::new(BINARY);
        run.arg("run").current_dir(folder.path(""));
        for part in text.split("${").skip(1) {
            let name = part.split('}').next().unwrap();
            assert!(stderr(&output).contains(&format!("export {name}=")), "{product}: {name}");
            assert!(workflow.contains(&format!("{name}: ${{{{ ")), "{product}: {name}");
            run.env(name, "http://127.0.0.1:9");
        }
        let output = run.output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{product}: {}\n{text}", stderr(&output));
    }
}
