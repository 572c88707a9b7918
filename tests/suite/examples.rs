//! The examples for scenarios of one's own: each passes against the reference issuer, and each
//! can fail.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::own::{expectations, run_own};

/// Each example, with what makes it fail: faults of the issuer, or a change of the script (from,
/// to), and the step whose expectation is not met then.
const CAN_FAIL: &[(&str, Change, &str)] = &[
    ("01-smallest", Change::Script("count = 1", "count = 2"), "credential#2"),
    ("02-token-response", Change::Faults(&["token-cacheable"]), "token#1"),
    ("03-claims", Change::Script("\"Erika\"", "\"Max\""), "credential#2"),
    ("04-validity", Change::Faults(&["credential-expired"]), "credential#2"),
    ("05-own-tamper-on-the-form", Change::Faults(&["accepts-unknown-code"]), "token#1"),
    ("06-own-tamper-on-a-proof", Change::Faults(&["accepts-proof-wrong-aud"]), "credential#2"),
    ("07-own-tamper-on-dpop", Change::Faults(&["accepts-dpop-wrong-htu"]), "token#1"),
    ("08-save-a-nonce", Change::Faults(&["used-nonce-is-invalid-proof"]), "credential#4"),
    ("09-data-table", Change::Faults(&["accepts-proof-wrong-typ"]), "credential#2"),
    (
        "10-two-wallets",
        Change::Faults(&["accepts-dpop-another-key", "accepts-dpop-wrong-ath"]),
        "credential#3",
    ),
];

enum Change {
    Faults(&'static [&'static str]),
    Script(&'static str, &'static str),
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/examples")
}

#[test]
fn every_example_opens_with_its_schema_and_a_comment() {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut lines = text.lines();
        assert!(lines.next().unwrap().starts_with("#:schema "), "{}", path.display());
        assert!(lines.next().unwrap().starts_with("# "), "{}", path.display());
        names.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
    }
    names.sort();
    let listed: Vec<&str> = CAN_FAIL.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names, listed);
}

#[test]
fn every_example_passes_against_the_reference_issuer() {
    let (code, report) = run_own(&[], &folder());
    assert_eq!(code, 0, "{report:#}");
    let verdicts = expectations(&report);
    assert!(!verdicts.is_empty() && verdicts.iter().all(|one| one["outcome"] == "pass"));
    let scenarios = report["scenarios"].as_array().unwrap();
    assert!(scenarios.iter().all(|one| one["id"].as_str().unwrap().starts_with("own/")));
    assert_eq!(scenarios.len(), CAN_FAIL.len() + 2, "the data table has three rows");
}

#[test]
fn every_example_can_fail() {
    let mut unharmed = Vec::new();
    for (name, change, step) in CAN_FAIL {
        let script = folder().join(name).with_extension("toml");
        let temporary = tempfile::tempdir().unwrap();
        let (code, report) = match change {
            Change::Faults(faults) => {
                let serving: Vec<&str> = faults.iter().flat_map(|name| ["--fault", name]).collect();
                run_own(&serving, &script)
            }
            Change::Script(from, to) => {
                let text = std::fs::read_to_string(&script).unwrap();
                assert!(text.contains(from), "{name}");
                let changed = temporary.path().join("changed.toml");
                std::fs::write(&changed, text.replace(from, to)).unwrap();
                run_own(&[], &changed)
            }
        };
        let wanted = format!("expect/is-met@{step}");
        let failed = |one: &Value| one["outcome"] == "fail" && one["name"] == wanted.as_str();
        if code != 1 || !expectations(&report).iter().any(failed) {
            unharmed.push(format!("{name}: exit {code}, {:#?}", expectations(&report)));
        }
    }
    assert!(unharmed.is_empty(), "{}", unharmed.join("\n"));
}
