//! The harness judges third-party issuers, and everything it complains of has to be ruled on.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use super::rulings::{self, Fault, Ruling};
use super::{npm, pip};
use crate::service::{Greeting, Service};
use crate::{Outcome, process, workspace};

/// As long as one run may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// Somebody else's issuer.
pub struct Issuer {
    /// The folder of the glue, and how rulings call it.
    pub name: &'static str,
    /// What the glue is around.
    pub library: &'static str,
    /// What it offers beside `pid`.
    second: &'static str,
    gives_references: bool,
    start: fn() -> Outcome<Command>,
}

/// @openid4vc/openid4vci, which Credo stands on.
pub const OPENID4VC: Issuer = Issuer {
    name: "openid4vc-ts",
    library: "@openid4vc/openid4vci (npm)",
    second: "residence",
    gives_references: true,
    start: || Ok(npm::node("issuer.mjs")),
};

/// openid4vci of eduTAP, over https, because it takes nothing else.
pub const EDUTAP: Issuer = Issuer {
    name: "edutap",
    library: "openid4vci (PyPI)",
    second: "membership",
    gives_references: false,
    start: || {
        let glue = workspace::root().join("tests/interop/edutap");
        let mut python = pip::python(&glue.join("requirements.txt"))?;
        python.arg(glue.join("issuer.py"));
        Ok(python)
    },
};

/// An issuer with its switches in one position.
pub struct Variant {
    /// Whose.
    pub issuer: &'static Issuer,
    /// How rulings call it.
    pub name: &'static str,
    switches: &'static [(&'static str, &'static str)],
}

/// Every position that is judged.
pub const VARIANTS: &[Variant] = &[
    Variant {
        issuer: &OPENID4VC,
        name: "bearer",
        switches: &[("DPOP", "off"), ("BATCH", "1"), ("SIGN", "x5c")],
    },
    Variant {
        issuer: &OPENID4VC,
        name: "dpop-optional",
        switches: &[("DPOP", "optional"), ("BATCH", "10"), ("SIGN", "x5c")],
    },
    Variant {
        issuer: &OPENID4VC,
        name: "dpop-required",
        switches: &[("DPOP", "required"), ("DPOP_NONCE", "1"), ("BATCH", "3"), ("SIGN", "jwks")],
    },
    Variant { issuer: &EDUTAP, name: "https", switches: &[] },
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
    println!(
        "\nThe harness judges third-party issuers ({}, {})",
        OPENID4VC.library, EDUTAP.library
    );
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
        let mut issuer = (self.issuer.start)()?;
        issuer.envs(self.switches.iter().copied());
        issuer.stderr(File::create(folder.join(format!("{name}.log")))?);
        let issuer = Service::start(issuer)?;
        let configuration = folder.join(format!("{name}.toml"));
        let mut text = self.issuer.configuration(&issuer.greeting);
        if let Some(certificate) = &issuer.greeting.ca_certificate {
            let authority = folder.join(format!("{name}.pem"));
            fs::write(&authority, certificate)?;
            text = text.replacen('\n', &format!("\n[http]\nca = [{authority:?}]\n"), 1);
        }
        fs::write(&configuration, text)?;
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

impl Issuer {
    /// A `vcispec.toml` whose offers come from the management side.
    fn configuration(&self, greeting: &Greeting) -> String {
        let Greeting { credential_issuer, management_url, .. } = greeting;
        let source = |name: &str, gives: &str, body: &str| {
            format!(
                "\n[[offers]]\nname = \"{name}\"\ngives = {{ {gives} }}\n[offers.http]\n\
                 url = \"{management_url}/offers\"\nbody = {{ {body} }}\noffer = \"/credential_offer_uri\"\n"
            )
        };
        let one = "credential_configuration_id = \"pid\"";
        let two = format!("credential_configuration_ids = [\"pid\", \"{}\"]", self.second);
        let gives = "credential_configuration_ids = [\"pid\"], tx_code";
        let by_reference = source(
            "reference",
            &format!("{gives} = false, by_reference = true"),
            &format!("{one}, by_reference = true"),
        );
        [
            format!("issuer = \"{credential_issuer}\"\n"),
            source("plain", &format!("{gives} = false, by_reference = false"), one),
            if self.gives_references { by_reference } else { String::new() },
            source("two", &format!("{two}, tx_code = false, by_reference = false"), &two),
            source(
                "code",
                &format!("{gives} = true, by_reference = false"),
                &format!("{one}, tx_code = {{ length = 6 }}"),
            ) + "tx_code = \"/tx_code_value\"\n",
        ]
        .concat()
    }
}
