//! What `run` does before the first verdict: it stops early, wastes no offer, and leaves the
//! reports behind that a pipeline picks up.

use std::io::Read as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::folder::Folder;
use crate::process::{BINARY, Served, stderr, vcispec};

/// A folder with a configuration, and with a program that hands out offers.
fn minting(issuer: &str, keys: &str, script: &str) -> Folder {
    let folder = Folder::new();
    let text = format!(
        "issuer = {issuer:?}\n{keys}\n[[offers]]\nname = \"script\"\nexec = [\"sh\", \"mint.sh\"]\nserial = true\n"
    );
    folder.write("mint.sh", script).write("vcispec.toml", &text);
    folder
}

fn run(folder: &Folder, arguments: &[&str]) -> (Output, Option<Value>) {
    let reports = ["run", "--report", "json=report.json", "--report", "junit=report.xml"];
    let output = folder.vcispec(&[&reports[..], arguments].concat());
    (output, report(&folder.path("report.json")))
}

fn report(path: &Path) -> Option<Value> {
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}

#[test]
fn the_offer_that_was_tried_out_is_used() {
    let served = Served::with(&[]);
    let script = "echo x >> taken; sed -n \"$(wc -l < taken | tr -d ' ')p\" offers";
    let folder = minting(&served.issuer, "", script);
    let offer = || served.offer(&json!({ "credential_configuration_id": "pid" })).0;
    let offers: Vec<String> = (0..8).map(|_| offer()).collect();
    std::fs::write(folder.path("offers"), offers.join("\n")).unwrap();
    let (output, report) =
        run(&folder, &["--include", "discovery/metadata", "--include", "pre-authorized/did-*"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let used = report.unwrap()["offers_used"].as_u64().unwrap();
    let taken = folder.read("taken").lines().count();
    assert_eq!((used, taken), (2, 2));
}

#[test]
fn a_source_that_fails_is_told_at_once_and_the_rest_is_judged() {
    let served = Served::with(&[]);
    let folder = minting(&served.issuer, "", "echo x >> taken; echo please log in");
    let (output, report) = run(&folder, &[]);
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("error: there is no offer to begin with: offer source script"), "{text}");
    assert!(text.trim_end().ends_with("vcispec doctor"), "{text}");
    assert_eq!(folder.read("taken").lines().count(), 1);
    let report = report.unwrap();
    assert!(report["totals"]["pass"].as_u64().unwrap() > 20);
    assert_eq!(report["offers_used"], 0);
    assert!(folder.path("report.xml").is_file());
}

#[test]
fn a_source_that_cannot_even_start_is_a_configuration_error() {
    let served = Served::with(&[]);
    let folder = minting(&served.issuer, "", "");
    let text = folder.read("vcispec.toml");
    std::fs::write(folder.path("vcispec.toml"), text.replace("\"sh\", ", "\"./nowhere\", "))
        .unwrap();
    let (output, report) = run(&folder, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("cannot start ./nowhere"), "{}", stderr(&output));
    assert_eq!(report, None);
}

#[test]
fn an_issuer_that_is_not_there_is_asked_once_and_no_offer_is_minted() {
    let folder = minting("http://127.0.0.1:9", "", "echo x >> taken; echo https://h/o");
    let (output, report) = run(&folder, &["--retry-transport", "1"]);
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("error: the issuer cannot be reached"), "{text}");
    let together = text.lines().find(|line| line.contains("broke off:"));
    assert!(
        together.is_some_and(|line| line.starts_with("✗ ") && line.contains(" scenarios ")),
        "{text}"
    );
    assert!(!folder.path("taken").exists());
    let report = report.unwrap();
    assert_eq!(report["totals"]["pass"], 0);
    let relaxations = report["provenance"]["relaxations"].to_string();
    assert!(relaxations.contains("sent again up to 1 times"), "{relaxations}");
    let exchanges = report["transcripts"].as_array().unwrap().iter();
    let sent: usize = exchanges.map(|one| one["exchanges"].as_array().unwrap().len()).sum();
    assert_eq!(sent, 2, "one request, and one repetition");
}

#[test]
fn offers_that_are_not_as_a_scenario_needs_them_show_nothing() {
    let served = Served::with(&[]);
    let (offer, _) = served.offer(&json!({ "credential_configuration_id": "pid" }));
    let folder = minting(&served.issuer, "", &format!("echo '{offer}'"));
    let scenarios = [
        ("pre-authorized/by-reference", "the offer came by value"),
        ("pre-authorized/several-references", "the offer came by value"),
        ("pre-authorized/tx-code", "the offer asks for no transaction code"),
    ];
    for (id, why) in scenarios {
        let (_, report) = run(&folder, &["--include", "discovery/metadata", "--include", id]);
        let report = report.unwrap();
        let mut lines = report["scenarios"].as_array().unwrap().iter();
        let line = lines.find(|line| line["id"] == id).unwrap();
        assert_eq!(line["state"], "not_run", "{line}");
        assert!(line["why"].as_str().unwrap().starts_with(why), "{line}");
    }
}

#[test]
fn production_is_left_as_it_was() {
    let served = Served::with(&[]);
    let keys = "target = \"production\"\nrequire_complete = true";
    let folder = minting(&served.issuer, keys, "echo x >> taken; echo https://h/o");
    let (output, report) = run(&folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let report = report.unwrap();
    assert_eq!(report["offers_used"], 0);
    assert!(!folder.path("taken").exists());
    let reasons = report["totals"]["not_run_reasons"].as_array().unwrap();
    assert_eq!(reasons.len(), 1);
    assert_eq!(reasons[0]["why"], "the target is production, and it leaves something behind");
    assert_eq!(reasons[0]["chosen"], true);
    for against in [["--allow", "locks,load"], ["--offer", "https://h/o"]] {
        let (output, _) = run(&folder, &against);
        assert_eq!(output.status.code(), Some(2), "{against:?}");
        assert!(stderr(&output).contains("--target stage"), "{}", stderr(&output));
    }
}

#[test]
fn a_gap_counts_unless_it_was_chosen() {
    let served = Served::with(&[]);
    let issuer = served.issuer.as_str();
    let run = |arguments: &[&str]| {
        let mut line = vec!["run", "--issuer", issuer, "--require-complete"];
        line.extend(arguments);
        vcispec(&line).status.code()
    };
    assert_eq!(run(&[]), Some(1), "there is no offer source");
    assert_eq!(run(&["--include", "discovery/*"]), Some(0));
    assert_eq!(run(&["--target", "production"]), Some(0));
    assert_eq!(run(&["--exclude", "*"]), Some(1), "nothing was judged");
    let unasked = ["run", "--issuer", "http://127.0.0.1:1", "--exclude", "discovery/*"];
    assert_eq!(vcispec(&unasked).status.code(), Some(1), "nobody was asked anything");
}

#[test]
fn warnings_fail_a_run_by_the_file_unless_the_command_line_says_otherwise() {
    let served = Served::with(&["--fault", "token-without-lifetime"]);
    let keys = "fail_on = \"should\"";
    for (arguments, status) in [(vec![], 1), (vec!["--fail-on", "must"], 0)] {
        let (offer, _) = served.offer(&json!({ "credential_configuration_id": "pid" }));
        let folder = minting(&served.issuer, keys, &format!("echo '{offer}'"));
        let mut line = vec!["--include", "pre-authorized/one-credential"];
        line.extend(["--include", "token/states-its-lifetime"]);
        line.extend(&arguments);
        let (output, _) = run(&folder, &line);
        assert_eq!(output.status.code(), Some(status), "{}", stderr(&output));
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_in_the_middle_of_an_exchange_leaves_the_reports() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let folder = minting(&issuer, "", "echo https://h/o");
    let (asked, is_asked) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut held = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            // The answer never comes.
            held.push(stream);
            let _ = asked.send(());
        }
    });
    let mut child = Command::new(BINARY)
        .args(["run", "--timeout", "2", "--report", "json=report.json"])
        .args(["--report", "junit=report.xml", "--report", "human=report.txt"])
        .current_dir(folder.path(""))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    is_asked.recv().unwrap();
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(3));
    for name in ["report.json", "report.xml", "report.txt"] {
        assert!(folder.path(name).is_file(), "{name}");
    }
    let report = report(&folder.path("report.json")).unwrap();
    assert_eq!(report["totals"]["pass"], 0);
    assert!(report["totals"]["not_run"].as_u64().unwrap() > 40);
}
