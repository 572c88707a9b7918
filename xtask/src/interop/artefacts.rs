//! What a run writes is read by programs that we did not write, and they find in it what the run found.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::{npm, pip};
use crate::mint::mint;
use crate::service::Service;
use crate::{Outcome, process, workspace};

/// As long as a run, or reading what it wrote, may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// What the issuer does wrong, and the check that says so.
const FAULT: (&str, &str) = ("nonce-cacheable", "nonce/is-uncacheable");
/// The sections of the Markdown that this run fills.
const SECTIONS: [&str; 4] = ["What fails", "Not run", "Scenarios", "Provenance"];
/// The only HTML in it.
const ELEMENTS: [&str; 4] = ["<details>", "<summary>", "</summary>", "</details>"];

/// What `read.mjs` found.
#[derive(Deserialize)]
struct ByNode {
    har: Har,
    markdown: Markdown,
}

#[derive(Deserialize)]
struct Har {
    faults: Vec<String>,
    #[serde(default)]
    entries: usize,
    #[serde(default)]
    forms: usize,
}

#[derive(Deserialize)]
struct Markdown {
    headings: Vec<String>,
    tables: usize,
    links: Vec<String>,
    images: usize,
    html: Vec<String>,
}

/// What `read.py` found.
#[derive(Deserialize)]
struct ByPython {
    json: Vec<String>,
    junit: Junit,
}

#[derive(Deserialize)]
struct Junit {
    suites: Vec<String>,
    failed: Vec<String>,
    #[serde(flatten)]
    counted: Counts,
    told: Counts,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

/// Writes the artefacts of a run and has each of them read.
pub fn run(program: &Path) -> Outcome {
    println!("\nThird-party readers read what a run writes");
    let glue = workspace::root().join("tests/interop/artefacts");
    npm::install_in(&glue)?;
    let written = write(program)?;

    let mut node = Command::new("node");
    node.arg(glue.join("read.mjs")).arg(&written);
    let ByNode { har, markdown } = read(node)?;
    let mut python = pip::python(&glue.join("requirements.txt"))?;
    let schema = workspace::root().join("docs/src/schemas/report.schema.json");
    python.arg(glue.join("read.py")).arg(&written).arg(schema);
    let ByPython { json, junit } = read(python)?;
    let mut sums = Command::new("sha256sum");
    sums.args(["--check", "--strict", "SHA256SUMS"]).current_dir(&written);
    let sums = process::run(sums, PATIENCE)?;

    let findings = [
        ("report.json", "jsonschema", json),
        ("report.xml", "junitparser", junit.faults()),
        ("report.har", "har-validator", har.faults()),
        ("report.md", "markdown-it", markdown.faults()),
        ("SHA256SUMS", "sha256sum", sums.stderr.lines().map(str::to_owned).collect()),
    ];
    let mut complaints = 0;
    for (file, reader, faults) in findings {
        let mark = if faults.is_empty() { "✓" } else { "✗" };
        println!("  {mark} {file:13}  {reader}");
        faults.iter().for_each(|fault| println!("      {fault}"));
        complaints += faults.len();
    }
    match complaints {
        0 => Ok(()),
        count => Err(format!("third-party readers complain {count} times").into()),
    }
}

/// A run against the reference issuer with a fault, and the folder of what it wrote.
fn write(program: &Path) -> Outcome<PathBuf> {
    let folder = workspace::scratch("interop")?.join("artefacts");
    let mut serve = Command::new(program);
    serve.args(["serve", "--json", "--fault", FAULT.0]);
    let issuer = Service::start(serve)?;
    let wanted = json!({ "credential_configuration_id": "pid", "tx_code": { "length": 6 } });
    let offer = mint(&issuer.greeting.management_url, &wanted)?;
    let mut run = Command::new(program);
    run.args(["run", "--offer", &offer.credential_offer_uri, "--out"]).arg(&folder);
    run.args(["--tx-code", offer.tx_code_value.as_deref().unwrap_or_default()]);
    run.current_dir(workspace::scratch("interop")?);
    let ended = process::run(run, PATIENCE)?;
    match ended.status.code() {
        Some(1) => Ok(folder),
        _ => {
            Err(format!("expected exit 1 of the run, got {}\n{}", ended.status, ended.stderr)
                .into())
        }
    }
}

/// Runs a reader, and takes its one line of JSON.
fn read<T: DeserializeOwned>(reader: Command) -> Outcome<T> {
    let ended = process::run(reader, PATIENCE)?;
    match ended.status.success() {
        true => Ok(serde_json::from_str(&ended.stdout)?),
        false => Err(format!("{}{}", ended.stdout, ended.stderr).into()),
    }
}

impl Har {
    fn faults(self) -> Vec<String> {
        let mut faults = self.faults;
        expect(self.entries > 10, "more than ten entries", self.entries, &mut faults);
        expect(self.forms > 0, "token requests with parameters", self.forms, &mut faults);
        faults
    }
}

impl Markdown {
    fn faults(self) -> Vec<String> {
        let mut faults = Vec::new();
        let headings = self.headings.join(" | ");
        let fails = format!("FAIL `{}` (must)", FAULT.1);
        for section in SECTIONS.into_iter().chain([fails.as_str()]) {
            let found = self.headings.iter().any(|heading| heading == section);
            expect(found, &format!("the heading {section:?}"), &headings, &mut faults);
        }
        let first = self.headings.first().map(String::as_str).unwrap_or_default();
        expect(first.starts_with("Not conformant: "), "the verdict first", first, &mut faults);
        expect(self.tables == 2, "two tables", self.tables, &mut faults);
        expect(self.images == 0, "no image", self.images, &mut faults);
        for link in &self.links {
            let ours = link.starts_with("https://openid.net/") || link.contains("rfc-editor.org/");
            expect(ours, "links to specifications alone", link, &mut faults);
        }
        let elements: Vec<&str> = self.html.iter().map(String::as_str).collect();
        expect(elements == ELEMENTS, "no HTML but one fold", elements.join(" "), &mut faults);
        faults
    }
}

impl Junit {
    fn faults(self) -> Vec<String> {
        let mut faults = Vec::new();
        let same = self.counted == self.told;
        expect(
            same,
            &format!("as many as told, {:?}", self.told),
            format!("{:?}", self.counted),
            &mut faults,
        );
        let suites = self.suites.join(", ");
        let scenario = self.suites.iter().any(|suite| suite == "one-offer/everything");
        expect(scenario, "a suite for each scenario", suites, &mut faults);
        let failed = self.failed.iter().any(|case| case == FAULT.1);
        expect(failed, &format!("{} to fail", FAULT.1), self.failed.join(", "), &mut faults);
        faults
    }
}

fn expect(holds: bool, what: &str, found: impl std::fmt::Display, faults: &mut Vec<String>) {
    if !holds {
        faults.push(format!("expected {what}, found {found}"));
    }
}
