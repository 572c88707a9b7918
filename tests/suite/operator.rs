//! What the issuer's operator does in mid-run, by the hooks that the book shows, over real HTTP.

use std::path::Path;

use serde_json::Value;

use crate::process::{Served, stderr, vcispec_in};

/// The hooks as the book has them, at another address.
fn hooks(management: &str) -> String {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/offers.md");
    let book = std::fs::read_to_string(book).unwrap();
    let blocks = book.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let is_a_hook = |block: &&str| block.starts_with("[revoke]") || block.starts_with("[end_");
    let hooks: Vec<&str> = blocks.filter(is_a_hook).collect();
    assert_eq!(hooks.len(), 2, "the book shows them in two places");
    hooks.join("\n").replace("http://127.0.0.1:8766", management)
}

/// Runs these scenarios against such an issuer, and gives exit code, report and what was said.
fn run(
    serving: &[&str],
    change: impl Fn(String) -> String,
    scenarios: &[&str],
) -> (i32, Value, String) {
    let served = Served::with(serving);
    let folder = tempfile::tempdir().unwrap();
    let hooks = change(hooks(&served.management));
    let text = format!("issuer = {:?}\n{hooks}\n{}", served.issuer, served.offers_table());
    std::fs::write(folder.path().join("vcispec.toml"), text).unwrap();
    let mut arguments =
        vec!["run", "--client-id", "wallet", "--report", "json=report.json", "--report", "human"];
    arguments.extend(scenarios.iter().flat_map(|scenario| ["--include", scenario]));
    let output = vcispec_in(folder.path(), &arguments);
    let report = std::fs::read_to_string(folder.path().join("report.json"));
    let report = report.unwrap_or_else(|_| panic!("{}", stderr(&output)));
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), stderr(&output));
    (output.status.code().unwrap(), serde_json::from_str(&report).unwrap(), said)
}

fn outcome<'r>(report: &'r Value, check: &str) -> &'r str {
    let results = report["results"].as_array().unwrap();
    let found = results.iter().find(|result| result["check"] == check);
    let found = found.unwrap_or_else(|| panic!("{check} was not judged"));
    found["verdicts"][0]["outcome"].as_str().unwrap()
}

const REFRESH: &[&str] = &["refresh/eligibility", "refresh/current-claims"];

#[test]
fn an_honest_issuer_ends_and_changes_what_its_operator_says() {
    let (code, report, said) = run(&["--configuration", "refresh"], |hooks| hooks, REFRESH);
    assert_eq!(outcome(&report, "refresh/ends-with-eligibility"), "pass");
    assert_eq!(outcome(&report, "refresh/shows-current-claims"), "pass");
    assert_eq!(code, 0, "{said}");
}

#[test]
fn the_status_changes_by_the_hook() {
    let scenarios = ["status/revocation", "status/suspension"];
    let (code, report, said) = run(&["--configuration", "status"], |hooks| hooks, &scenarios);
    assert_eq!(outcome(&report, "status/revocation-is-visible"), "pass");
    assert_eq!(outcome(&report, "status/suspension-is-visible"), "pass");
    assert_eq!(code, 0, "{said}");
}

#[test]
fn an_issuer_that_renews_old_claims_is_warned_of_without_naming_them() {
    let serving = ["--configuration", "refresh", "--fault", "renews-old-claims"];
    let (_, report, said) = run(&serving, |hooks| hooks, REFRESH);
    assert_eq!(outcome(&report, "refresh/ends-with-eligibility"), "pass");
    assert_eq!(outcome(&report, "refresh/shows-current-claims"), "warn");
    assert!(!said.contains("Musterfrau") && !report.to_string().contains("Musterfrau"), "{said}");
}

#[test]
fn a_hook_that_fails_is_an_error_and_names_its_table() {
    let broken = |hooks: String| hooks.replace("/offers/{offer_id}/end", "/nowhere");
    let (code, _, said) = run(&["--configuration", "refresh"], broken, &["refresh/eligibility"]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("[end_eligibility]") && said.contains("404"), "{said}");
}
