//! A verdict of an earlier run is seen again: then beside now, with the exit code of now.

use std::path::Path;
use std::process::Command;

use crate::drift::configured;
use crate::process::{Served, address, stderr, stdout, vcispec};

const FAULTS: [&str; 4] = ["--fault", "nonce-cacheable", "--fault", "accepts-proof-wrong-aud"];

/// Judges the nonces and the key proofs of an issuer, and leaves report and evidence behind.
fn judged(folder: &Path) -> (String, String, String) {
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (config, report, evidence) =
        (file("vcispec.toml"), file("run.json"), file("run.evidence.json"));
    let json = format!("json={report}");
    let few = ["--include", "discovery/nonces", "--include", "refusals/key-proofs"];
    let run = ["run", "--config", &config, "--report", &json, "--save", &evidence];
    let output = vcispec(&[run.as_slice(), &few].concat());
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    (config, report, evidence)
}

#[test]
fn then_and_now_of_a_fault_that_was_mended() {
    let served = Served::with(&FAULTS);
    let folder = configured(&served);
    let (config, report, evidence) = judged(folder.path());
    let replay = |run: &str, check: &str| {
        let output = vcispec(&["replay", run, check, "--config", &config]);
        (output.status.code(), stdout(&output), stderr(&output))
    };
    // From the report and from the evidence, it is red as it was.
    for run in [&report, &evidence] {
        let (code, shown, told) = replay(run, "proof/refuses-wrong-aud");
        assert_eq!(code, Some(1), "{shown}{told}");
        assert!(shown.contains("no difference") && shown.contains("proof-wrong-aud"), "{shown}");
        assert!(told.contains("needs 1 offer"), "{told}");
        assert!(!shown.contains("curl"), "{shown}");
        assert!(!shown.contains("eyJ"), "a token is shown: {shown}");
    }
    let (code, shown, _) = replay(&report, "nonce/is-uncacheable");
    assert_eq!(code, Some(1), "{shown}");
    let command = shown.lines().find_map(|line| line.trim().strip_prefix("by hand"));
    let asked = Command::new("sh").args(["-c", command.unwrap()]).output().unwrap();
    let answer = String::from_utf8_lossy(&asked.stdout);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("c_nonce"), "{answer}");

    let (issuer, management) = (served.issuer.clone(), served.management.clone());
    drop(served);
    let (code, _, told) = replay(&report, "nonce/is-uncacheable");
    assert_eq!(code, Some(3), "{told}");
    let _mended =
        Served::with(&["--listen", address(&issuer), "--management", address(&management)]);
    for check in ["nonce/is-uncacheable", "proof/refuses-wrong-aud"] {
        let (code, shown, told) = replay(&report, check);
        assert_eq!(code, Some(0), "{check}: {shown}{told}");
        assert!(shown.contains("\n+ ") && shown.ends_with("now: PASS\n"), "{shown}");
    }
    for (check, guess) in [
        ("nonce/is-uncachable", "did you mean nonce/is-uncacheable?"),
        ("batch/shares-one-dataset", "red in it: nonce/is-uncacheable"),
    ] {
        let (code, _, told) = replay(&report, check);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains(guess), "{told}");
    }
    let elsewhere = ["replay", &report, "nonce/is-uncacheable", "--within", "refusals/batch"];
    let output = vcispec(&[&elsewhere, ["--config", &config].as_slice()].concat());
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("it has one in discovery/nonces"), "{}", stderr(&output));
}

#[test]
fn what_is_no_run_cannot_be_seen_again() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    for run in [manifest, "no-such.json"] {
        let output = vcispec(&["replay", run, "nonce/is-uncacheable"]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    }
}
