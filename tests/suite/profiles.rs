//! Profiles, from the command line to the report: what they add, and what they never claim.

use serde_json::{Value, json};

use crate::process::{Served, stderr, stdout, vcispec};

const UNJUDGED: &str = "authorization code flow (HAIP 4) not judged";

/// A run of every scenario against the reference issuer in the configuration that is honest under
/// both profiles, with these further arguments.
struct Held {
    folder: tempfile::TempDir,
    report: Value,
    exit: Option<i32>,
    said: String,
}

impl Held {
    fn to(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let (provider, ca) = (path("provider.toml"), path("provider.pem"));
        let printed = vcispec(&["wallet-provider", "ca", "--wallet-provider", &provider]);
        std::fs::write(&ca, stdout(&printed)).unwrap();
        let serve = ["--configuration", "profiled", "--trust-wallet-provider", &ca];
        let served = Served::with(&serve);
        let offers = |name: &str, tx_code: bool| {
            let asked = if tx_code { ", tx_code = { length = 6 }" } else { "" };
            let told = if tx_code { "tx_code = \"/tx_code_value\"\n" } else { "" };
            format!(
                "[[offers]]\nname = \"{name}\"\ngives = {{ tx_code = {tx_code} }}\n[offers.http]\n\
                 url = \"{}/offers\"\noffer = \"/credential_offer_uri\"\n{told}\
                 body = {{ credential_configuration_id = \"pid\"{asked} }}\n",
                served.management
            )
        };
        let configuration = [
            format!("issuer = \"{}\"\n", served.issuer),
            offers("plain", false),
            offers("code", true),
        ];
        let config = path("vcispec.toml");
        std::fs::write(&config, configuration.concat()).unwrap();
        let out = path("out");
        let run = ["run", "--config", &config, "--wallet-provider", &provider, "--out", &out];
        let output = vcispec(&[&run[..], arguments].concat());
        let report = std::fs::read_to_string(folder.path().join("out/report.json"));
        let report = report.unwrap_or_else(|_| panic!("{}", stderr(&output)));
        Self {
            report: serde_json::from_str(&report).unwrap(),
            exit: output.status.code(),
            said: stderr(&output),
            folder,
        }
    }

    fn outcome(&self, check: &str) -> &str {
        let results = self.report["results"].as_array().unwrap();
        let result = results.iter().find(|result| result["check"] == check).unwrap();
        result["outcome"].as_str().unwrap()
    }

    fn written(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join("out").join(name)).unwrap()
    }
}

#[test]
fn an_honest_issuer_is_green_under_both_profiles_and_nothing_more_is_promised() {
    let held = Held::to(&["--profile", "haip-1.0", "--profile", "eaa-de"]);
    assert_eq!(held.exit, Some(0), "{}", held.said);
    let provenance = &held.report["provenance"];
    assert_eq!(provenance["profiles"], json!(["vci-1.0", "haip-1.0", "eaa-de"]));
    assert_eq!(provenance["not_judged"], json!([UNJUDGED]));
    let own: Vec<(&str, &str)> = held.report["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| (result["check"].as_str().unwrap(), result["outcome"].as_str().unwrap()))
        .filter(|(check, _)| check.starts_with("haip/") || check.starts_with("eaa-de/"))
        .collect();
    assert!(!own.is_empty());
    assert!(own.iter().all(|(_, outcome)| *outcome == "pass"), "{own:?}");
    for name in ["report.txt", "report.md", "report.html", "report.json", "report.xml"] {
        let text = held.written(name);
        assert!(text.contains(UNJUDGED), "{name}");
        assert!(!text.to_lowercase().contains("haip conformant"), "{name}");
    }
}

#[test]
fn a_profile_that_nobody_chose_is_named_and_not_judged() {
    let held = Held::to(&["--include", "*-metadata/*", "--include", "haip/*"]);
    assert_eq!(held.report["provenance"]["profiles"], json!(["vci-1.0"]));
    assert_eq!(held.report["detected"][0]["profile"], "haip-1.0");
    assert_eq!(held.report["detected"][0]["judged"], false);
    assert_eq!(held.outcome("haip/scopes-every-configuration"), "not_applicable");
    let told: Vec<String> =
        held.written("report.txt").split_whitespace().map(str::to_owned).collect();
    assert!(told.join(" ").contains("--profile haip-1.0"));
    assert!(!held.written("report.txt").contains(UNJUDGED));
}

#[test]
fn an_issuer_that_is_held_to_more_than_it_does_is_found_out() {
    let served = Served::with(&["--configuration", "plain"]);
    let (offer, _) = served.offer(&json!({ "credential_configuration_id": "pid" }));
    let output = vcispec(&[
        "run",
        "--offer",
        &offer,
        "--client-id",
        "vcispec",
        "--profile",
        "haip-1.0",
        "--report",
        "json=-",
    ]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let results = report["results"].as_array().unwrap();
    let of = |check: &str| results.iter().find(|result| result["check"] == check).unwrap();
    for check in ["haip/supports-dpop", "haip/carries-the-chain"] {
        assert_eq!(of(check)["outcome"], "fail", "{check}");
    }
    assert_eq!(of("haip/issues-refresh-tokens")["outcome"], "warn");
    assert_eq!(of("eaa-de/attaches-a-status")["outcome"], "not_run");
}
