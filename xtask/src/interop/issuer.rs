//! The harness judges a third-party issuer, and everything it complains of has to be ruled on.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use super::npm;
use super::rulings::{self, Fault, Ruling};
use crate::service::{Greeting, Service};
use crate::{Outcome, process, workspace};

/// As long as one run may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// The issuer with its switches in one position.
pub struct Variant {
    /// How rulings call it.
    pub name: &'static str,
    switches: &'static [(&'static str, &'static str)],
}

/// Every position that is judged.
pub const VARIANTS: &[Variant] = &[
    Variant { name: "bearer", switches: &[("DPOP", "off"), ("BATCH", "1"), ("SIGN", "x5c")] },
    Variant {
        name: "dpop-optional",
        switches: &[("DPOP", "optional"), ("BATCH", "10"), ("SIGN", "x5c")],
    },
    Variant {
        name: "dpop-required",
        switches: &[("DPOP", "required"), ("DPOP_NONCE", "1"), ("BATCH", "3"), ("SIGN", "jwks")],
    },
];

/// Something that the harness complained of.
pub struct Finding {
    /// In which variant.
    pub variant: &'static str,
    /// The check, with its endpoint where it has one.
    pub verdict: String,
    /// What it came to.
    pub outcome: String,
    /// In its own words.
    pub actual: String,
}

/// The part of the report that is read here.
#[derive(Deserialize)]
struct Report {
    totals: BTreeMap<String, serde_json::Value>,
    results: Vec<CheckResult>,
}

#[derive(Deserialize)]
struct CheckResult {
    verdicts: Vec<Verdict>,
}

#[derive(Deserialize)]
struct Verdict {
    name: String,
    outcome: String,
    scenario: Option<String>,
    actual: Option<String>,
    because: Option<String>,
}

/// Judges every variant.
pub fn run(program: &Path) -> Outcome {
    println!("\nThe harness judges a third-party issuer (@openid4vc/openid4vci)");
    let rulings = rulings::load()?;
    let mut findings = Vec::new();
    for variant in VARIANTS {
        let report = variant.judge(program)?;
        let count =
            |name: &str| report.totals.get(name).and_then(serde_json::Value::as_u64).unwrap_or(0);
        println!(
            "  {:14} {} pass · {} fail · {} warn · {} not testable · {} inconclusive",
            variant.name,
            count("pass"),
            count("fail"),
            count("warn"),
            count("not_testable"),
            count("inconclusive"),
        );
        findings.extend(report.findings(variant.name));
    }
    summarise(&rulings);
    let disputes = rulings::disputes(&rulings, &findings);
    if disputes.is_empty() {
        return Ok(());
    }
    for dispute in &disputes {
        println!("  ✗ {dispute}");
    }
    Err(format!("{} disagreements with tests/interop/rulings.toml", disputes.len()).into())
}

impl Variant {
    fn judge(&self, program: &Path) -> Outcome<Report> {
        let folder = workspace::scratch("interop")?;
        let name = self.name;
        let mut issuer = npm::node("issuer.mjs");
        issuer.envs(self.switches.iter().copied());
        issuer.stderr(File::create(folder.join(format!("{name}.log")))?);
        let issuer = Service::start(issuer)?;
        let configuration = folder.join(format!("{name}.toml"));
        fs::write(&configuration, offer_sources(&issuer.greeting))?;
        let report = folder.join(format!("{name}.json"));
        let mut run = Command::new(program);
        run.arg("run")
            .arg("--config")
            .arg(configuration)
            .arg(format!("--report=json={}", report.display()));
        let ended = process::run(run, PATIENCE)?;
        // Red is what the rulings are about; anything else means that nothing was judged.
        if !matches!(ended.status.code(), Some(0 | 1)) {
            return Err(format!(
                "{name}: vcispec run ended with {}\n{}",
                ended.status, ended.stderr
            )
            .into());
        }
        Ok(serde_json::from_str(&fs::read_to_string(report)?)?)
    }
}

impl Report {
    /// The worst outcome of each verdict, where that is red or a warning.
    fn findings(&self, variant: &'static str) -> Vec<Finding> {
        // In the order of the verdicts of the library: what comes later outranks what comes before.
        const RANKS: [&str; 5] = ["warn", "inconclusive", "not_testable", "error", "fail"];
        let rank = |outcome: &str| RANKS.iter().position(|name| *name == outcome);
        let mut worst: BTreeMap<&str, &Verdict> = BTreeMap::new();
        for verdict in self.results.iter().flat_map(|result| &result.verdicts) {
            let known = worst.entry(&verdict.name).or_insert(verdict);
            if rank(&verdict.outcome) > rank(&known.outcome) {
                *known = verdict;
            }
        }
        let complaints = worst.into_values().filter(|verdict| rank(&verdict.outcome).is_some());
        let finding = |verdict: &Verdict| Finding {
            variant,
            verdict: verdict.name.clone(),
            outcome: verdict.outcome.clone(),
            actual: format!(
                "{} ({})",
                verdict
                    .actual
                    .as_deref()
                    .or(verdict.because.as_deref())
                    .unwrap_or("no more is told"),
                verdict.scenario.as_deref().unwrap_or("the run as a whole"),
            ),
        };
        complaints.map(finding).collect()
    }
}

fn summarise(rulings: &[Ruling]) {
    for (fault, words) in [
        (Fault::Library, "the library's fault"),
        (Fault::Glue, "the glue's fault"),
        (Fault::Harness, "our own fault"),
        (Fault::Nobody, "nobody's fault"),
    ] {
        let ruled = rulings.iter().filter(|ruling| ruling.fault == fault);
        let names: Vec<String> =
            ruled.map(|ruling| format!("{} ({})", ruling.verdict, ruling.outcome)).collect();
        if !names.is_empty() {
            println!("  {words}:\n    {}", names.join("\n    "));
        }
    }
}

/// A `vcispec.toml` whose offers come from the management side.
fn offer_sources(issuer: &Greeting) -> String {
    let Greeting { credential_issuer, management_url, .. } = issuer;
    let source = |name: &str, gives: &str, body: &str| {
        format!(
            "\n[[offers]]\nname = \"{name}\"\ngives = {{ {gives} }}\n[offers.http]\n\
             url = \"{management_url}/offers\"\nbody = {{ {body} }}\noffer = \"/credential_offer_uri\"\n"
        )
    };
    let one = "credential_configuration_id = \"pid\"";
    let two = "credential_configuration_ids = [\"pid\", \"residence\"]";
    let gives = "credential_configuration_ids = [\"pid\"], tx_code";
    [
        format!("issuer = \"{credential_issuer}\"\n"),
        source("plain", &format!("{gives} = false, by_reference = false"), one),
        source(
            "reference",
            &format!("{gives} = false, by_reference = true"),
            &format!("{one}, by_reference = true"),
        ),
        source("two", &format!("{two}, tx_code = false, by_reference = false"), two),
        source(
            "code",
            &format!("{gives} = true, by_reference = false"),
            &format!("{one}, tx_code = {{ length = 6 }}"),
        ) + "tx_code = \"/tx_code_value\"\n",
    ]
    .concat()
}
