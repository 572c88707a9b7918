//! Scenarios of one's own through the real binary: loaded, checked, run, judged again, started
//! from a recorded run.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::process::{Served, stderr, stdout, vcispec};

/// A folder with a configuration for an issuer of its own.
struct Place {
    folder: TempDir,
    _served: Served,
}

impl Place {
    fn new(serving: &[&str], more: &str) -> Self {
        let served = Served::with(serving);
        let folder = tempfile::tempdir().unwrap();
        let text = format!("issuer = {:?}\n{more}\n{}", served.issuer, served.offers_table());
        std::fs::write(folder.path().join("vcispec.toml"), text).unwrap();
        Self { folder, _served: served }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = PathBuf::from(self.path(name));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Runs with these arguments: exit code and report.
    fn run(&self, arguments: &[&str]) -> (i32, Value) {
        let (config, report) = (self.path("vcispec.toml"), self.path("report.json"));
        let report_to = format!("json={report}");
        let all = [&["run", "--config", &config, "--report", &report_to], arguments].concat();
        let output = vcispec(&all);
        let text = std::fs::read_to_string(&report);
        let text = text.unwrap_or_else(|_| panic!("{}", stderr(&output)));
        (output.status.code().unwrap(), serde_json::from_str(&text).unwrap())
    }
}

/// Runs only the scenarios of this file or folder against a reference issuer.
pub fn run_own(serving: &[&str], scenarios: &Path) -> (i32, Value) {
    let place = Place::new(serving, "");
    place.run(&["--scenario", scenarios.to_str().unwrap(), "--include", "own/*"])
}

/// The verdicts on what scenarios expect.
pub fn expectations(report: &Value) -> Vec<Value> {
    let results = report["results"].as_array().unwrap();
    let found = results.iter().find(|result| result["check"] == "expect/is-met");
    found.map(|result| result["verdicts"].as_array().unwrap().clone()).unwrap_or_default()
}

fn ids(report: &Value) -> Vec<&str> {
    let scenarios = report["scenarios"].as_array().unwrap();
    scenarios.iter().map(|one| one["id"].as_str().unwrap()).collect()
}

const TOKEN: &str = "title = \"A token\"\nneeds = [\"offer\"]\n[[step]]\ndo = \"token\"\n\
                     [step.expect]\nstatus = 200\n";

#[test]
fn own_scenarios_run_beside_the_bundled_ones() {
    let place = Place::new(&[], "scenarios = [\"mine\"]");
    place.write("mine/deep/token.toml", TOKEN);
    let (code, report) = place.run(&["--exclude", "refusals/*", "--exclude", "pre-authorized/*"]);
    assert_eq!(code, 0, "{:#}", report["exit"]);
    assert!(ids(&report).contains(&"own/deep/token") && ids(&report).contains(&"discovery/nonces"));
    assert_eq!(expectations(&report)[0]["outcome"], "pass");
    let (_, report) = place.run(&["--exclude", "own/*", "--include", "discovery/*"]);
    assert!(!ids(&report).iter().any(|id| id.starts_with("own/")));
    assert!(expectations(&report).is_empty());
}

#[test]
fn the_same_name_twice_and_an_empty_folder_are_usage_errors() {
    let place = Place::new(&[], "");
    let (one, other) = (place.write("a/token.toml", TOKEN), place.write("b/token.toml", TOKEN));
    std::fs::create_dir(place.path("empty")).unwrap();
    for (arguments, words) in [
        (vec!["check-scenario", &one, &other], "two scenarios are called own/token"),
        (vec!["check-scenario", &place.path("empty")], "expected scenarios"),
        (vec!["check-scenario", &place.path("none.toml")], "could not be read"),
    ] {
        let output = vcispec(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
}

#[test]
fn mistakes_are_shown_with_their_lines_and_nothing_is_run() {
    let place = Place::new(&[], "");
    let good = place.write("good.toml", TOKEN);
    let bad = place
        .write("bad.toml", &TOKEN.replace("status", "stauts").replace("\"token\"", "\"tokn\""));
    let output = vcispec(&["check-scenario", &good, &bad]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stdout(&output).contains("OK") && stdout(&output).contains("own/good, 1 step, 1 offer")
    );
    let told = stderr(&output);
    for words in ["unknown key stauts", "did you mean status?", "unknown value tokn", ":4:6"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let config = place.path("vcispec.toml");
    let output = vcispec(&["run", "--config", &config, "--scenario", &bad]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("unknown key stauts"), "{}", stderr(&output));
}

#[test]
fn a_refusal_that_is_expected_does_not_stop_the_wallet() {
    let place = Place::new(&[], "");
    let twice = place.write(
        "twice.toml",
        &format!(
            "{TOKEN}[[step]]\ndo = \"token\"\n[step.expect]\nstatus = 400\n\
             error = \"invalid_grant\"\n[[step]]\ndo = \"nonce\"\n[step.expect]\nstatus = 200\n"
        ),
    );
    let (code, report) = place.run(&["--scenario", &twice, "--include", "own/*"]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(expectations(&report).len(), 3);
}

#[test]
fn what_was_not_reached_is_not_testable_and_red() {
    let place = Place::new(&[], "");
    let text = format!(
        "{TOKEN}[[step]]\ndo = \"token\"\n[[step]]\ndo = \"credential\"\n[step.expect]\nstatus = 200\n"
    );
    let halted = place.write("halted.toml", &text);
    let (code, report) = place.run(&["--scenario", &halted, "--include", "own/*"]);
    assert_eq!(code, 1);
    let outcomes: Vec<Value> =
        expectations(&report).iter().map(|one| one["outcome"].clone()).collect();
    assert_eq!(outcomes, ["pass", "not_testable"]);
    let skipped = place.write(
        "skipped.toml",
        "title = \"x\"\nneeds = [\"offer\"]\n[[tamper]]\nname = \"t\"\nremove = [\"form.tx_code\"]\n\
         [[step]]\ndo = \"token\"\ntamper = \"t\"\n[step.expect]\nstatus = 400\n",
    );
    let (code, report) = place.run(&["--scenario", &skipped, "--include", "own/*"]);
    assert_eq!((code, &expectations(&report)[0]["outcome"]), (1, &Value::from("not_testable")));
    let missing = place.write(
        "missing.toml",
        &TOKEN.replace("[step.expect]", "save = { x = \"body.nothing\" }\n[step.expect]"),
    );
    let (code, report) = place.run(&["--scenario", &missing, "--include", "own/*"]);
    assert_eq!(code, 1);
    assert!(report["scenarios"][0]["why"].as_str().unwrap().contains("saves body.nothing as x"));
}

#[test]
fn the_evidence_keeps_what_was_expected_and_reports_keep_claims_to_themselves() {
    let place = Place::new(&[], "");
    let text = TOKEN.replace("[step.expect]\nstatus = 200\n", "")
        + "save = { token = \"body.access_token\" }\n[[step]]\ndo = \"credential\"\n\
           [step.expect]\nbody = { \"credentials[0].credential\" = \"${token}\" }\n\
           [step.expect.credential.claims]\ngiven_name = \"Somebody\"\n\"nationalities[0]\" = \"XX\"\n";
    let script = place.write("claims.toml", &text);
    let evidence = place.path("run.json");
    let (code, report) =
        place.run(&["--scenario", &script, "--include", "own/*", "--save", &evidence]);
    assert_eq!(code, 1);
    let again = vcispec(&["judge", &evidence, "--report", "json=-"]);
    assert_eq!(serde_json::from_str::<Value>(&stdout(&again)).unwrap(), report);
    let verdicts = expectations(&report);
    let told: Vec<&str> = verdicts.iter().map(|one| one["actual"].as_str().unwrap()).collect();
    assert!(told.contains(&"claim given_name is <string>"), "{told:?}");
    assert!(told.contains(&"claim nationalities[0] is <string>"), "{told:?}");
    let saved: Value = serde_json::from_str(&std::fs::read_to_string(evidence).unwrap()).unwrap();
    let expected = &saved["run"]["transcripts"][0]["expectations"][0]["expect"]["body"];
    let token = expected["credentials[0].credential"].as_str().unwrap();
    assert!(!token.contains("${") && !report.to_string().contains(token), "a saved secret is told");
    assert!(report.to_string().contains("\"Somebody\\\""));
}

#[test]
fn a_script_started_from_a_run_passes_against_the_same_issuer() {
    let place = Place::new(&[], "");
    let (evidence, recorded) = (place.path("run.json"), place.path("report.json"));
    place.run(&[
        "--include",
        "pre-authorized/one-credential",
        "--include",
        "refusals/key-proofs",
        "--include",
        "discovery/token-refusals",
        "--include",
        "pre-authorized/batch",
        "--include",
        "refusals/code-redeemed-twice",
        "--include",
        "refusals/dpop-at-token",
        "--save",
        &evidence,
    ]);
    std::fs::copy(&recorded, place.path("recorded.json")).unwrap();
    let recorded = place.path("recorded.json");
    for (run, scenario, name) in [
        (&evidence, "pre-authorized/one-credential", "new/one.toml"),
        (&recorded, "pre-authorized/one-credential", "new/reported.toml"),
        (&evidence, "refusals/key-proofs", "new/proofs.toml"),
        (&recorded, "discovery/token-refusals", "new/refusals.toml"),
        (&evidence, "pre-authorized/batch", "new/batch.toml"),
        (&evidence, "refusals/code-redeemed-twice", "new/twice.toml"),
        (&evidence, "refusals/dpop-at-token", "new/dpop.toml"),
    ] {
        std::fs::create_dir_all(place.path("new")).unwrap();
        let output = vcispec(&["scenario", "new", run, scenario, "--output", &place.path(name)]);
        assert_eq!(output.status.code(), Some(0), "{scenario}: {}", stderr(&output));
    }
    let one = std::fs::read_to_string(place.path("new/one.toml")).unwrap();
    assert!(one.contains("given_name = \"*\"") && !one.contains("Erika"), "{one}");
    let checked = vcispec(&["check-scenario", &place.path("new")]);
    assert_eq!(checked.status.code(), Some(0), "{}", stderr(&checked));
    let (code, report) = place.run(&["--scenario", &place.path("new"), "--include", "own/*"]);
    assert_eq!(code, 0, "{:#?}", expectations(&report));
    // A script that was started from a run can be run and recorded, and started from again.
    let again = vcispec(&["scenario", "new", &place.path("report.json"), "own/twice"]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    assert!(stdout(&again).contains("error = \"invalid_grant\""));
    let kept = vcispec(&[
        "scenario",
        "new",
        &evidence,
        "pre-authorized/batch",
        "--output",
        &place.path("new/one.toml"),
    ]);
    assert_eq!(kept.status.code(), Some(2));
    assert!(stderr(&kept).contains("is there already and was kept"), "{}", stderr(&kept));
    let unknown = vcispec(&["scenario", "new", &evidence, "pre-authorized/bach"]);
    assert!(
        stderr(&unknown).contains("did you mean pre-authorized/batch?"),
        "{}",
        stderr(&unknown)
    );
}

#[test]
fn every_scenario_fits_the_published_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema =
        std::fs::read_to_string(root.join("docs/src/schemas/scenario.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let json =
        |text: &str| serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap();
    for (id, text) in vcispec::scenario::bundled() {
        assert!(validator.is_valid(&json(text)), "{id}");
    }
    for entry in std::fs::read_dir(root.join("scenarios/examples")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&json(&text)).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
    }
    for wrong in
        ["titel = \"x\"", "title = \"x\"\naims = [\"no/such\"]", &TOKEN.replace("200", "99")]
    {
        assert!(!validator.is_valid(&json(wrong)), "{wrong}");
    }
}

#[test]
fn what_is_expected_is_explained() {
    let output = vcispec(&["explain", "expect/is-met@credential#2"]);
    assert!(stdout(&output).contains("this scenario's author expects"));
}

#[test]
fn every_script_in_the_reference_of_the_language_can_be_read() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/scenarios.md");
    let text = std::fs::read_to_string(page).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let blocks = text.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let scripts: Vec<&str> = blocks.filter(|block| block.contains("[[step]]")).collect();
    assert!(!scripts.is_empty());
    for (number, script) in scripts.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{number}.toml")), script).unwrap();
    }
    let output = vcispec(&["check-scenario", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let place = Place::new(&[], "");
    let (code, report) =
        place.run(&["--scenario", folder.path().to_str().unwrap(), "--include", "own/*"]);
    assert_eq!(code, 0, "{:#?}", expectations(&report));
}

#[test]
fn metadata_and_offers_can_be_expected_too() {
    let place = Place::new(&[], "");
    let script = place.write(
        "metadata.toml",
        "title = \"x\"\n[[step]]\ndo = \"discover\"\nsave = { issuer = \"body.credential_issuer\" }\n\
         [step.expect]\nstatus = 200\nbody = { \"display[*].locale\" = \"de\" }\n\
         [[step]]\ndo = \"nonce\"\n[step.expect]\nabsent = [\"${issuer}\"]\nbody = { x = \"${issuer}\" }\n",
    );
    let (code, report) = place.run(&["--scenario", &script, "--include", "own/*"]);
    assert_eq!(code, 1);
    let verdicts = expectations(&report);
    assert_eq!(verdicts[0]["outcome"], "pass");
    assert!(verdicts[1]["expected"].as_str().unwrap().contains("x is \"http://127.0.0.1"));
}
