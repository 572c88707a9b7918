//! Known failures, editions and differences, by the real binary against the real reference
//! issuer: what it exits with, and what it says.

use std::process::Output;

use serde_json::Value;

use crate::folder::Folder;
use crate::process::{Served, stderr, stdout};

/// A fault that shows without an offer, and the check that finds it.
const FAULT: &str = "nonce-cacheable";
const CHECK: &str = "nonce/is-uncacheable";

/// Runs what needs no offer, and only the scenario that shows the fault.
fn run(folder: &Folder, served: &Served, more: &[&str]) -> Output {
    let arguments = ["run", "--issuer", &served.issuer, "--include", "discovery/nonces"];
    folder.vcispec(&[&arguments[..], more].concat())
}

#[track_caller]
fn assert_exits(output: &Output, code: i32, says: &[&str]) {
    let told = format!("{}{}", stdout(output), stderr(output));
    assert_eq!(output.status.code(), Some(code), "{told}");
    for text in says {
        assert!(told.contains(text), "expected {text:?} in\n{told}");
    }
}

/// A baseline with one entry, and what follows its reason.
fn known(check: &str, more: &str) -> String {
    format!("[[known]]\ncheck = \"{check}\"\nreason = \"the CDN adds it\"\n{more}")
}

#[test]
fn a_known_failure_is_green_and_told() {
    let served = Served::with(&["--fault", FAULT]);
    let folder = Folder::new();
    assert_exits(&run(&folder, &served, &[]), 1, &["FAIL nonce/is-uncacheable"]);
    folder.write("vcispec-baseline.toml", &known(CHECK, "expires = 2999-12-31\nissue = \"T-9\""));
    let strict = ["--fail-on", "should"];
    let says = ["KNOWN nonce/is-uncacheable", "the CDN adds it (FAIL), until 2999-12-31, T-9"];
    assert_exits(&run(&folder, &served, &strict), 0, &says);
    assert_exits(&run(&folder, &served, &["--no-baseline"]), 1, &["FAIL nonce/is-uncacheable"]);
}

#[test]
fn a_baseline_is_found_beside_the_configuration_or_where_it_says() {
    let served = Served::with(&["--fault", FAULT]);
    let folder = Folder::new();
    std::fs::create_dir(folder.path("gate")).unwrap();
    let baseline = known(CHECK, "");
    let config = format!("issuer = \"{}\"\n", served.issuer);
    folder.write("gate/vcispec.toml", &config).write("gate/vcispec-baseline.toml", &baseline);
    let run = ["run", "--config", "gate/vcispec.toml", "--include", "discovery/nonces"];
    assert_exits(&folder.vcispec(&run), 0, &["KNOWN"]);
    folder.write("gate/vcispec.toml", &format!("baseline = \"../elsewhere.toml\"\n{config}"));
    assert_exits(&folder.vcispec(&run), 2, &["elsewhere.toml"]);
    folder.write("elsewhere.toml", &baseline);
    assert_exits(&folder.vcispec(&run), 0, &["KNOWN"]);
}

#[test]
fn a_known_failure_that_passes_is_red() {
    let served = Served::with(&[]);
    let folder = Folder::new();
    let entry = known(CHECK, "scenario = \"discovery/*\"\n");
    folder.write("vcispec-baseline.toml", &format!("# ours\n{entry}"));
    let says = [
        "STALE nonce/is-uncacheable in discovery/*",
        "vcispec-baseline.toml:2",
        "it passes now: nonce/is-uncacheable in discovery/nonces",
        "1 STALE",
    ];
    let output = run(&folder, &served, &[]);
    assert_exits(&output, 1, &says);
}

#[test]
fn what_a_part_of_the_suite_cannot_show_is_not_stale() {
    let served = Served::with(&[]);
    let folder = Folder::new();
    // Scenarios with offers exercise it too, and they are not run here.
    folder.write("vcispec-baseline.toml", &known("sd-jwt/signature-verifies", ""));
    let says = ["this run does not show whether the entry in line 1 still holds"];
    assert_exits(&run(&folder, &served, &[]), 0, &says);
}

#[test]
fn an_expired_entry_is_red_and_the_failure_too() {
    let served = Served::with(&["--fault", FAULT]);
    let folder = Folder::new();
    folder.write("vcispec-baseline.toml", &known(CHECK, "expires = 2020-02-29\n"));
    let says = ["FAIL nonce/is-uncacheable", "STALE nonce/is-uncacheable", "expired on 2020-02-29"];
    assert_exits(&run(&folder, &served, &[]), 1, &says);
}

#[test]
fn an_entry_that_is_covered_by_one_before_it_is_red() {
    let served = Served::with(&["--fault", FAULT]);
    let folder = Folder::new();
    let twice = format!("{}\n{}", known("nonce/is-unc*", ""), known(CHECK, ""));
    folder.write("vcispec-baseline.toml", &twice);
    let says = ["line 1 (nonce/is-unc*) covers the same and counts first", "line 5 or line 1"];
    assert_exits(&run(&folder, &served, &[]), 1, &says);
}

#[test]
fn slips_in_a_baseline_are_shown_where_they_stand() {
    let folder = Folder::new();
    let issuer = ["run", "--issuer", "http://127.0.0.1:9"];
    for (text, says) in [
        (
            known("nonce/is-uncachable", ""),
            ["covers no check", "did you mean nonce/is-uncacheable?"],
        ),
        (
            known(CHECK, "scenario = \"discovry/*\"\n"),
            ["covers no scenario", "did you mean discovery/*?"],
        ),
        (known(CHECK, "expire = 2027-01-31\n"), ["unknown key expire", "did you mean expires?"]),
        (
            format!("[[known]]\ncheck = \"{CHECK}\"\n"),
            ["missing key reason", "[vcispec-baseline.toml:1"],
        ),
    ] {
        folder.write("vcispec-baseline.toml", &text);
        assert_exits(&folder.vcispec(&issuer), 2, &says);
    }
    let missing = [&issuer[..], &["--baseline", "no-such.toml"]].concat();
    assert_exits(&folder.vcispec(&missing), 2, &["no-such.toml"]);
}

#[test]
fn an_issuer_out_of_reach_is_never_known() {
    let folder = Folder::new();
    folder.write("vcispec-baseline.toml", &known("*", ""));
    assert_exits(&folder.vcispec(&["run", "--issuer", "http://127.0.0.1:9"]), 3, &["ERROR"]);
}

#[test]
fn a_baseline_is_written_from_a_run_and_makes_the_next_one_green() {
    let served = Served::with(&["--fault", FAULT]);
    let folder = Folder::new();
    let saved = ["--report", "json=run.json", "--save", "run.evidence"];
    assert_exits(&run(&folder, &served, &saved), 1, &[]);
    let write = |more: &[&str]| folder.vcispec(&[&["baseline", "write"], more].concat());
    assert_exits(&write(&["run.json"]), 2, &["--reason"]);
    assert_exits(&write(&["run.json", "--reason", " "]), 2, &["expected a reason"]);
    assert!(!folder.has("vcispec-baseline.toml"));
    let reason = ["--reason", "the CDN adds it", "--expires-in", "30"];
    assert_exits(&write(&[&["run.json"][..], &reason].concat()), 0, &["1 entry written"]);
    let written = folder.read("vcispec-baseline.toml");
    assert!(written.contains("check    = \"nonce/is-uncacheable\""), "{written}");
    assert!(written.contains("# FAIL: ") && written.contains("# actual: "), "{written}");
    assert_exits(&run(&folder, &served, &[]), 0, &["KNOWN nonce/is-uncacheable"]);
    // What is there is not overwritten, and has an entry already; evidence does as well.
    assert_exits(&write(&[&["run.evidence"][..], &reason].concat()), 2, &["--merge", "--force"]);
    let merge = [&["run.evidence", "--merge"][..], &reason].concat();
    assert_exits(&write(&merge), 0, &["nothing to write down"]);
    folder.write("vcispec-baseline.toml", "# mine\n[[known]] # here\ncheck='proof/*'\nreason='r'");
    assert_exits(&write(&merge), 0, &["1 entry written"]);
    let merged = folder.read("vcispec-baseline.toml");
    assert!(merged.starts_with("# mine\n[[known]] # here\ncheck='proof/*'\nreason='r'\n\n# FAIL"));
    assert_exits(&run(&folder, &served, &[]), 0, &["KNOWN nonce/is-uncacheable"]);
    assert_exits(
        &write(&["vcispec-baseline.toml", "--reason", "r"]),
        2,
        &["expected a JSON report"],
    );
}

#[test]
fn a_saved_run_is_held_to_the_same_baseline() {
    let served = Served::with(&["--fault", FAULT]);
    let folder = Folder::new();
    run(&folder, &served, &["--save", "run.evidence"]);
    assert_exits(&folder.vcispec(&["judge", "run.evidence"]), 1, &["FAIL nonce/is-uncacheable"]);
    folder.write("known.toml", &known(CHECK, ""));
    let judged = folder.vcispec(&["judge", "run.evidence", "--baseline", "known.toml"]);
    assert_exits(&judged, 0, &["KNOWN nonce/is-uncacheable"]);
}

#[test]
fn what_is_newer_than_the_edition_only_warns() {
    let served = Served::with(&["--fault", "metadata-claim-described-twice"]);
    let config = |edition: &str| format!("issuer = \"{}\"\n{edition}", served.issuer);
    let folder = Folder::new();
    let strict = ["run", "--fail-on", "should", "--include", "discovery/metadata"];
    folder.write("vcispec.toml", &config(""));
    let says = ["WARN issuer-metadata/claims-are-described-once", "1 WARN (--fail-on should)"];
    assert_exits(&folder.vcispec(&strict), 1, &says);
    folder.write("vcispec.toml", &config("edition = \"2026.1\"\n"));
    let says = ["WARN issuer-metadata/claims-are-described-once", "0 fail · 1 warn"];
    assert_exits(&folder.vcispec(&strict), 0, &says);
    folder.write("vcispec.toml", &config("edition = \"2025.9\"\n"));
    let says = ["unknown value 2025.9", "vcispec.toml:2"];
    assert_exits(&folder.vcispec(&strict), 2, &says);
    let typed = [&strict[..], &["--edition", "2025.9"]].concat();
    assert_exits(&folder.vcispec(&typed), 2, &["one of the editions 2026.1, 2026.2"]);
}

#[test]
fn a_must_of_a_newer_edition_fails_once_the_edition_is_raised() {
    let served = Served::with(&["--configuration", "plain", "--fault", "digests-as-a-string"]);
    let offer = served.offer(&serde_json::json!({ "credential_configuration_id": "pid" })).0;
    let folder = Folder::new();
    let run = ["run", "--offer", &offer, "--client-id", "gate", "--include", "sd-jwt/*"];
    let run = [&run[..], &["--edition", "2026.1", "--save", "run.evidence"]].concat();
    let says =
        ["WARN sd-jwt/reserves-the-digest-names", "newer than edition 2026.1: only warns until"];
    assert_exits(&folder.vcispec(&run), 0, &says);
    let raised = folder.vcispec(&["judge", "run.evidence", "--edition", "2026.2"]);
    assert_exits(&raised, 1, &["FAIL sd-jwt/reserves-the-digest-names"]);
}

#[test]
fn only_what_is_new_is_red_in_a_difference() {
    let folder = Folder::new();
    let record = |name: &str, faults: &[&str]| {
        let arguments: Vec<&str> = faults.iter().flat_map(|fault| ["--fault", fault]).collect();
        let served = Served::with(&arguments);
        run(&folder, &served, &["--save", name, "--report", &format!("json={name}.json")]);
    };
    record("honest", &[]);
    record("old", &[FAULT]);
    record("new", &[FAULT, "nonce-as-text"]);
    let diff = |arguments: &[&str]| folder.vcispec(&[&["diff"], arguments].concat());
    // The ports of the issuers differ, and are no change of metadata.
    let same = ["nothing changed", "0 newly failing", "issuer: http"];
    assert_exits(&diff(&["honest", "honest.json"]), 0, &["nothing changed"]);
    assert_exits(
        &diff(&["old", "old.json", "--only-new"]),
        0,
        &["nothing changed", "1 still failing"],
    );
    assert_exits(&diff(&["old", "old.json"]), 1, &["the new run is red: 1 FAIL"]);
    let regression = ["new failures", "✗ nonce/answers-as-json  PASS → FAIL", "1 new failure"];
    assert_exits(&diff(&["old.json", "new", "--only-new"]), 1, &regression);
    assert_exits(
        &diff(&["new", "old", "--only-new"]),
        0,
        &["✓ nonce/answers-as-json  FAIL → PASS"],
    );
    record("again", &[]);
    assert_exits(&diff(&["honest", "again"]), 0, &same);
    let json = diff(&["old", "new", "--only-new", "--json"]);
    let json: Value = serde_json::from_str(&stdout(&json)).unwrap();
    assert_eq!(json["new_failures"][0]["name"], "nonce/answers-as-json");
    assert_eq!(json["exit"]["status"], 1);
    folder.write("no.json", "{}").write("no.txt", "no");
    assert_exits(&diff(&["old", "no.json"]), 2, &["expected a JSON report or evidence"]);
    assert_exits(&diff(&["no.txt", "old"]), 2, &["no.txt"]);
}

#[test]
fn changed_metadata_is_told_member_by_member() {
    let folder = Folder::new();
    for (name, arguments) in [("old", &[][..]), ("new", &["--fault", "metadata-batch-size-of-one"])]
    {
        let served = Served::with(arguments);
        let arguments = ["run", "--issuer", &served.issuer, "--include", "discovery/metadata"];
        folder.vcispec(&[&arguments[..], &["--save", name]].concat());
    }
    let says = [
        "changed issuer metadata",
        "- /batch_credential_issuance/batch_size  50",
        "+ /batch_credential_issuance/batch_size  1",
        "✗ issuer-metadata/batch-size-is-at-least-two",
    ];
    assert_exits(&folder.vcispec(&["diff", "old", "new"]), 1, &says);
}
