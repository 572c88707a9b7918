//! The real binary against the real reference issuer, over real HTTP.

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::process::{BINARY, Served, stderr, stdout, vcispec};

#[test]
fn the_bare_program_tests_itself() {
    let output = vcispec(&[]);
    let text = stderr(&output);
    assert!(text.contains("SELF-TEST"), "{text}");
    assert_eq!(output.status.code(), Some(0), "{text}");
}

#[test]
fn a_machine_without_authorities_can_still_test_itself() {
    let nothing = tempfile::tempdir().unwrap();
    let mut bare = Command::new(BINARY);
    bare.env("SSL_CERT_FILE", nothing.path().join("none")).env("SSL_CERT_DIR", nothing.path());
    let output = bare.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn nothing_to_test_is_a_usage_error() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(BINARY).arg("run").current_dir(&folder).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--issuer"));
}

#[test]
fn an_issuer_without_an_offer_is_judged_as_far_as_it_goes() {
    let served = Served::with(&[]);
    let output = vcispec(&["run", "--issuer", &served.issuer, "--report", "json=-"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert!(report["totals"]["pass"].as_u64().unwrap() > 20);
    assert!(report["totals"]["not_run"].as_u64().unwrap() > 20);
}

#[test]
fn each_refusal_can_have_an_offer_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("vcispec.toml");
    std::fs::write(&config, "[[offers]]\nname = \"bundled\"\nbuiltin = true\n").unwrap();
    let config = config.to_str().unwrap();
    let output = vcispec(&["run", "--config", config, "--isolate", "--report", "json=-"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let ids =
        report["scenarios"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap());
    assert!(ids.filter(|id| id.contains('#')).count() > 40);
}

#[test]
fn one_offer_gets_its_credential_first() {
    let served = Served::with(&[]);
    let (offer, _) = served.offer(&serde_json::json!({ "credential_configuration_id": "pid" }));
    let output = vcispec(&["run", "--offer", &offer, "--report", "json=-"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert!(report["credentials_issued"].as_u64().unwrap() >= 1);
}

/// The scenarios of a report that took an offer and passed.
fn completed_with_an_offer(report: &Value) -> Vec<String> {
    let scenarios = report["scenarios"].as_array().unwrap().iter();
    let ids = scenarios.filter(|line| line["state"] == "passed").map(|line| &line["id"]);
    let ids = ids.map(|id| id.as_str().unwrap().to_owned());
    ids.filter(|id| !id.starts_with("discovery/")).collect()
}

#[test]
fn few_offers_go_where_they_show_most_and_what_gets_none_is_told() {
    let served = Served::with(&[]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("offers.txt");
    let request = serde_json::json!({ "credential_configuration_id": "pid" });
    let run = |arguments: &[&str]| {
        let offers: Vec<String> = (0..3).map(|_| served.offer(&request).0).collect();
        std::fs::write(&file, offers.join("\n")).unwrap();
        let mut line = vec!["run", "--offer", file.to_str().unwrap(), "--report", "json=-"];
        line.extend(arguments);
        let output = vcispec(&line);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        serde_json::from_str::<Value>(&stdout(&output)).unwrap()
    };
    let report = run(&[]);
    let first = completed_with_an_offer(&report);
    assert_eq!(first.len(), 3, "{first:?}");
    assert!(first.contains(&"pre-authorized/one-credential".to_owned()), "{first:?}");
    assert_eq!(completed_with_an_offer(&run(&["--jobs", "3"])), first, "the same each time");
    let told = "no offer was left for it of the 3 that were given";
    let whys = report["totals"]["not_run_reasons"].as_array().unwrap();
    let why = whys.iter().find(|one| one["why"].as_str().unwrap().starts_with(told)).unwrap();
    assert!(why["checks"].as_u64().unwrap() > 40, "{why}");
    let limited = run(&["--max-offers", "2"]);
    assert_eq!(completed_with_an_offer(&limited).len(), 2);
}

#[test]
fn a_used_up_offer_never_exits_0() {
    let served = Served::with(&[]);
    let (offer, _) = served.offer(&serde_json::json!({ "credential_configuration_id": "pid" }));
    assert_eq!(vcispec(&["accept", &offer]).status.code(), Some(0));
    assert_ne!(vcispec(&["run", "--offer", &offer]).status.code(), Some(0));
}

#[test]
fn a_fault_is_found_and_named() {
    let served = Served::with(&["--fault", "nonce-cacheable"]);
    let output = vcispec(&["run", "--issuer", &served.issuer]);
    assert_eq!(output.status.code(), Some(1));
    let text = stderr(&output);
    assert!(text.contains("FAIL nonce/is-uncacheable"), "{text}");
    assert!(text.contains("vcispec explain nonce/is-uncacheable"), "{text}");
}

#[test]
fn slips_of_the_pen_are_usage_errors_and_never_green() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let issuer = "https://issuer.example";
    for arguments in [
        vec!["run", "--issuer", "issuer.example"],
        vec!["run", "--issuer", "http://issuer.example"],
        vec!["run", "--issuer", "https://issuer.example/.well-known/openid-credential-issuer"],
        vec!["run", "--issuer", issuer, "--include", "nonce/is-uncachable"],
        vec!["run", "--issuer", issuer, "--exclude", "no-such/*"],
        vec!["run", "--issuer", issuer, "--trust", manifest],
        vec!["run", "--issuer", issuer, "--ca", manifest],
        vec!["run", "--issuer", issuer, "--report", "json=/no/such/folder/report.json"],
        vec!["run", "--issuer", issuer, "--report", "json=a", "--report", "junit=a"],
    ] {
        let output = vcispec(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn offers_of_another_issuer_are_not_mixed_in() {
    let (one, other) = (Served::with(&[]), Served::with(&[]));
    let (offer, _) = other.offer(&serde_json::json!({ "credential_configuration_id": "pid" }));
    let output = vcispec(&["run", "--issuer", &one.issuer, "--offer", &offer]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("the offer is from"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_is_not_green_and_still_reports() {
    for signal in ["-INT", "-TERM"] {
        assert_reports_when_stopped_by(signal);
    }
}

#[cfg(unix)]
fn assert_reports_when_stopped_by(signal: &str) {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let (asked, is_asked) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = asked.send(());
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream
                .write_all(b"HTTP/1.1 404 \r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
    });
    let mut child = Command::new(BINARY)
        .args(["run", "--issuer", &issuer, "--max-rps", "2", "--jobs", "1", "--report"])
        .arg(format!("json={}", report.display()))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    is_asked.recv().unwrap();
    Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(3), "{signal}");
    let report: Value = serde_json::from_str(&std::fs::read_to_string(report).unwrap()).unwrap();
    assert!(report["totals"]["not_run"].as_u64().unwrap() > 40);
    assert_eq!(report["exit"]["status"], 3, "{:#}", report["exit"]);
    let reasons = report["exit"]["reasons"].as_array().unwrap();
    assert!(reasons.contains(&"the run was interrupted".into()), "{reasons:?}");
}

#[test]
fn an_unreachable_issuer_is_an_error_and_passes_nothing() {
    let output = vcispec(&["run", "--issuer", "http://127.0.0.1:9", "--report", "json=-"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(report["totals"]["pass"], 0);
}

#[test]
fn an_offer_is_accepted_and_shown() {
    let served = Served::with(&[]);
    let request = serde_json::json!({
        "credential_configuration_id": "pid",
        "tx_code": { "input_mode": "numeric", "length": 5 },
    });
    let (offer, code) = served.offer(&request);
    let without = vcispec(&["accept", &offer]);
    assert_eq!(without.status.code(), Some(2));
    assert!(stderr(&without).contains("5 digits"), "{}", stderr(&without));
    let run = vcispec(&["run", "--offer", &offer]);
    assert_eq!(run.status.code(), Some(2), "{}", stderr(&run));
    assert!(stderr(&run).contains("add --tx-code"), "{}", stderr(&run));
    let output =
        vcispec(&["accept", &offer, "--tx-code", &code.unwrap(), "--batch", "2", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let accepted: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let credentials = accepted["credentials"].as_array().unwrap();
    assert_eq!(credentials.len(), 2);
    for credential in credentials {
        assert_eq!(credential["bound_to_this_wallet"], true);
        assert_eq!(credential["signature"]["verified"], true);
    }
}

#[test]
fn claims_in_layers_are_laid_out_under_the_name_of_their_type() {
    let served = Served::with(&["--configuration", "types"]);
    let (offer, _) = served.offer(&serde_json::json!({ "credential_configuration_id": "pid" }));
    let output = vcispec(&["accept", &offer]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("1. pid  dc+sd-jwt  Person Identification Data"), "{text}");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let address = lines.iter().position(|line| *line == "   address").unwrap();
    let below: Vec<&str> = lines.iter().skip(address + 1).take(4).copied().collect();
    assert!(below.iter().all(|line| line.starts_with("     ")), "{text}");
    assert!(text.contains("nationalities") && text.contains("DE, SE"), "{text}");
}

#[test]
fn a_w3c_credential_is_shown_with_the_way_to_its_key() {
    let served = Served::with(&["--configuration", "jwt-vc"]);
    for (id, way) in [("degree", "did:web:"), ("account-ownership", "OpenID configuration")] {
        let request = serde_json::json!({ "credential_configuration_id": id });
        let (offer, _) = served.offer(&request);
        let output = vcispec(&["accept", &offer, "--binding", "did:key", "--json"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let accepted: Value = serde_json::from_str(&stdout(&output)).unwrap();
        let credential = &accepted["credentials"][0];
        assert_eq!(credential["format"], "jwt_vc_json");
        assert_eq!(credential["claims"]["family_name"], "Mustermann");
        assert_eq!(credential["bound_to_this_wallet"], true);
        let by = credential["signature"]["by"].as_str().unwrap();
        assert!(by.contains(way), "{by}");
    }
}

#[test]
fn each_card_says_by_which_path_and_under_which_anchor() {
    let served = Served::with(&["--configuration", "algorithms"]);
    let folder = tempfile::tempdir().unwrap();
    let trust = folder.path().to_str().unwrap();
    let accept = |id: &str, further: &[&str]| {
        let request = serde_json::json!({ "credential_configuration_id": id });
        let (offer, _) = served.offer(&request);
        vcispec(&[&["accept", &offer, "--json"], further].concat())
    };
    let empty = accept("pid", &["--trust", trust]);
    assert_eq!(empty.status.code(), Some(2));
    assert!(stderr(&empty).contains("expected certificates in the folder"), "{}", stderr(&empty));
    std::fs::write(folder.path().join("anchors.pem"), &served.trust_anchor).unwrap();
    let ways = [
        ("pid", "ES384", "x5c", Some("CN=Reference Issuer Trust Anchor")),
        ("diploma", "Ed25519", "x5c", Some("CN=Reference Issuer Trust Anchor")),
        ("degree", "EdDSA", "did", None),
        ("mdl", "ES256", "x5chain", Some("CN=Reference IACA,C=DE")),
        ("pid-mdoc", "ES384", "x5chain", Some("CN=Reference IACA,C=DE")),
    ];
    for (id, algorithm, path, anchor) in ways {
        let output = accept(id, &["--trust", trust, "--alg", algorithm]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let accepted: Value = serde_json::from_str(&stdout(&output)).unwrap();
        let credential = &accepted["credentials"][0];
        assert_eq!(credential["bound_to_this_wallet"], true, "{id}");
        let signature = &credential["signature"];
        assert_eq!(signature["verified"], true, "{signature}");
        assert_eq!(signature["path"], path, "{signature}");
        assert_eq!(signature["anchor"].as_str(), anchor, "{signature}");
    }
    let output = accept("pid", &[]);
    let accepted: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let signature = &accepted["credentials"][0]["signature"];
    assert!(signature["by"].as_str().unwrap().contains("no trust anchor was given"), "{signature}");
    assert_eq!(signature["anchor"], Value::Null);
}

#[test]
fn a_bare_code_is_enough() {
    let served = Served::with(&[]);
    let (offer, _) = served.offer(&serde_json::json!({ "credential_configuration_id": "pid" }));
    let link = url::Url::parse(&offer).unwrap();
    let (_, object) = link.query_pairs().find(|(name, _)| name == "credential_offer").unwrap();
    let object: Value = serde_json::from_str(&object).unwrap();
    let grants = object["grants"].as_object().unwrap();
    let code = grants.values().next().unwrap()["pre-authorized_code"].as_str().unwrap();
    let output = vcispec(&["accept", "--issuer", &served.issuer, "--code", code, "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn a_key_can_be_named_in_every_way() {
    let served = Served::with(&[]);
    for method in ["jwk", "did:jwk", "did:key", "x5c"] {
        let (offer, _) = served.offer(&serde_json::json!({ "credential_configuration_id": "pid" }));
        let output = vcispec(&["accept", &offer, "--binding", method, "--json"]);
        assert_eq!(output.status.code(), Some(0), "{method}: {}", stderr(&output));
        let accepted: Value = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!(accepted["credentials"][0]["bound_to_this_wallet"], true, "{method}");
    }
}

#[test]
fn a_saved_run_gives_the_same_report() {
    let served = Served::with(&["--fault", "nonce-cacheable"]);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (evidence, first, second) = (path("run.json"), path("1.json"), path("2.json"));
    // A file that everybody could read before must not stay so.
    std::fs::write(&evidence, "").unwrap();
    let live = vcispec(&[
        "run",
        "--issuer",
        &served.issuer,
        "--save",
        &evidence,
        "--report",
        &format!("json={first}"),
    ]);
    let again = vcispec(&["judge", &evidence, "--report", &format!("json={second}")]);
    assert_eq!(live.status.code(), Some(1));
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(
        std::fs::read_to_string(first.clone()).unwrap(),
        std::fs::read_to_string(second).unwrap()
    );
    assert_eq!(vcispec(&["judge", &first]).status.code(), Some(2));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(evidence).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn the_tables_are_listed_and_names_explained() {
    for table in ["checks", "scenarios", "faults", "requirements"] {
        let output = vcispec(&["list", table]);
        assert_eq!(output.status.code(), Some(0), "{table}");
        assert!(stdout(&output).lines().count() > 20, "{table}");
    }
    let output = vcispec(&["explain", "nonce/is-uncacheable"]);
    assert!(stdout(&output).contains("NONCE-04"));
    let output = vcispec(&["explain", "nonce/is-uncachable"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nonce/is-uncacheable"));
}
