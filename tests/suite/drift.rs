//! An issuer is recorded, and whatever it says otherwise later is red until somebody has looked.

use std::path::Path;

use vcispec::gate::{Shapes, drift};
use vcispec::scenario::Scenario;
use vcispec::transcript::{Redactor, Run, redact};

use crate::bench::{block_on, scenarios, suite, suite_of};
use crate::process::{Served, stderr, vcispec};

fn honest() -> Vec<Scenario> {
    scenarios().iter().filter_map(Scenario::honest).collect()
}

fn changes(recorded: &Shapes, run: &Run) -> (usize, Vec<String>) {
    let comparison = drift(recorded, &Shapes::of(run), &redact(run).transcripts);
    let changes = comparison.problems.into_iter().map(|problem| format!("{problem:?}"));
    (comparison.compared, changes.collect())
}

#[test]
fn two_runs_against_the_same_issuer_have_the_same_shapes() {
    for configuration in reference_issuer::configurations() {
        let name = configuration.name;
        let recorded = block_on(suite_of(honest(), name, &[])).run;
        let shapes = Shapes::of(&recorded).complete();
        assert!(!shapes.scenarios.is_empty(), "{name}");
        let text = shapes.to_toml();
        let read = Shapes::read(&text).unwrap();
        assert_eq!(read.to_toml(), text, "{name}");
        // Another start has other ports and keys, and the whole suite sends wrong requests too.
        let whole = block_on(suite(name, &[])).run;
        let (compared, changes) = changes(&read, &whole);
        assert!(changes.is_empty(), "{name}: {}", changes.join("\n"));
        assert_eq!(compared, read.scenarios.len(), "{name}");
        let mut again = Shapes::of(&whole).complete();
        again.scenarios.retain(|id, _| shapes.scenarios.contains_key(id));
        assert_eq!(again.to_toml(), text, "{name}");
    }
}

#[test]
fn a_snapshot_has_no_secret_and_no_claim() {
    let run = block_on(suite_of(honest(), "default", &[])).run;
    let text = Shapes::of(&run).to_toml();
    assert_eq!(Redactor::of(&run).scrub(&text), text);
    for personal in ["Erika", "Mustermann", "1984-01-26", "Heidestraße", "51147"] {
        assert!(!text.contains(personal), "{personal}");
    }
}

#[test]
fn a_part_of_the_scenarios_is_compared_by_itself_and_none_is_red() {
    let only = |id: &str| -> Vec<Scenario> {
        scenarios().into_iter().filter(|scenario| scenario.id == id).collect()
    };
    let recorded = block_on(suite_of(honest(), "plain", &[])).run;
    let recorded = Shapes::of(&recorded).complete();
    let part = block_on(suite_of(only("discovery/nonces"), "plain", &[])).run;
    assert_eq!(changes(&recorded, &part), (1, Vec::new()));
    let none = block_on(suite_of(only("discovery/token-refusals"), "plain", &[])).run;
    let (compared, changes) = changes(&recorded, &none);
    assert_eq!((compared, changes.len()), (0, 1));
    assert!(changes.concat().contains("drift/nothing-to-compare"), "{changes:?}");
}

#[test]
fn faults_that_change_what_is_said_are_drift_and_name_the_place() {
    let recorded = block_on(suite_of(honest(), "plain", &[])).run;
    let recorded = Shapes::of(&recorded).complete();
    for (fault, place, value) in [
        ("token-lives-a-day", "drift/token", "expires_in"),
        ("nonce-states-lifetime", "drift/nonce", "c_nonce_expires_in"),
        ("nonce-cacheable", "drift/nonce", "cache-control"),
        ("credential-typ-vc-sd-jwt", "drift/credential@pid", "credential.header.typ"),
        ("vct-differs", "drift/credential@pid", "credential.payload.vct"),
        ("credential-unbound", "drift/credential@pid", "credential.payload.cnf"),
        ("exp-is-disclosed", "drift/credential@pid", "credential.claims.exp"),
        ("metadata-batch-size-of-one", "drift/issuer-metadata", "batch_size"),
    ] {
        let fault = reference_issuer::fault(fault).unwrap();
        let run = block_on(suite_of(honest(), "plain", &[fault])).run;
        let (_, changes) = changes(&recorded, &run);
        let found = changes.iter().any(|one| one.contains(place) && one.contains(value));
        assert!(found, "{}: {}", fault.name, changes.join("\n"));
    }
}

#[test]
fn the_bundled_issuer_is_as_its_own_snapshot_has_it() {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/bundled.toml");
    let output = vcispec(&["snapshot", "--config", config.to_str().unwrap()]);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(!told.contains("not recorded, --update"), "{told}");
}

/// A configuration for the reference issuer at this address, in a folder of its own.
pub fn configured(served: &Served) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "issuer = {:?}\n[client]\nid = \"drift\"\n[[offers]]\nname = \"minted\"\n\
         gives = {{ tx_code = false }}\n[offers.http]\nurl = \"{}/offers\"\n\
         body = {{ credential_configuration_id = \"pid\" }}\noffer = \"/credential_offer_uri\"\n",
        served.issuer, served.management
    );
    std::fs::write(folder.path().join("vcispec.toml"), text).unwrap();
    folder
}

#[test]
fn recorded_green_changed_red_reviewed_green() {
    let served = Served::with(&[]);
    let folder = configured(&served);
    let config = folder.path().join("vcispec.toml");
    let config = config.to_str().unwrap().to_owned();
    let snapshot = |more: &[&str]| {
        let few = ["snapshot", "--config", &config, "--include", "*/one-credential"];
        let output = vcispec(&[&few, ["--include", "discovery/*"].as_slice(), more].concat());
        (output.status.code(), stderr(&output))
    };
    let run = |more: &[&str]| {
        let few = ["run", "--config", &config, "--include", "*/one-credential"];
        let output = vcispec(&[few.as_slice(), more].concat());
        (output.status.code(), stderr(&output))
    };
    let (code, told) = snapshot(&[]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("of 5 scenarios, 1 offer used"), "{told}");
    let (code, told) = run(&[]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("no drift in 1 of 5 scenarios"), "{told}");

    let _changed = served.again(&["--fault", "token-lives-a-day"]);
    // A token under DPoP may live for a day: it is the drift alone that stops the release.
    assert_eq!(run(&["--no-snapshot"]).0, Some(0));
    let (code, told) = run(&[]);
    assert_eq!(code, Some(1), "{told}");
    for line in ["DRIFT drift/token", "- 300", "+ 86400", "exit 1: 1 DRIFT", "--update"] {
        assert!(told.contains(line), "{line}: {told}");
    }
    let (code, told) = snapshot(&[]);
    assert_eq!(code, Some(1), "{told}");
    // The way out is said once, and not to who is on it.
    assert_eq!(told.matches("--update").count(), 1, "{told}");
    let (code, told) = snapshot(&["--update"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("- 300") && !told.contains("--update"), "{told}");
    assert_eq!(snapshot(&[]).0, Some(0));
    assert_eq!(run(&[]).0, Some(0));
    let (code, told) = run(&["--exclude", "pre-authorized/*"]);
    assert_ne!(code, Some(0), "{told}");
}

#[test]
fn a_snapshot_that_was_named_has_to_be_there() {
    let served = Served::with(&[]);
    let run = ["run", "--issuer", &served.issuer, "--snapshot", "no-such.toml"];
    let output = vcispec(&run);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("vcispec snapshot no-such.toml"), "{}", stderr(&output));
}

#[test]
fn evidence_is_held_against_a_snapshot_too() {
    let served = Served::with(&[]);
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (evidence, snapshot) = (file("run.evidence.json"), file("issuer.toml"));
    let output = vcispec(&["snapshot", &snapshot, "--issuer", &served.issuer]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let output = vcispec(&["run", "--issuer", &served.issuer, "--save", &evidence]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let judge = ["judge", &evidence, "--snapshot", &snapshot];
    assert_eq!(vcispec(&judge).status.code(), Some(0));
    let text = std::fs::read_to_string(&snapshot).unwrap();
    std::fs::write(&snapshot, text.replace("batch_size = 50", "batch_size = 20")).unwrap();
    let output = vcispec(&judge);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("drift/issuer-metadata"), "{}", stderr(&output));
}
