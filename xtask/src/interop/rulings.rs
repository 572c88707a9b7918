//! The rulings: for each failure and warning that the harness reports about the third-party issuer, whose fault it is.

use std::fs;

use serde::Deserialize;

use super::issuer::{Finding, VARIANTS};
use crate::{Outcome, workspace};

/// One decision.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// The check, with its endpoint where it has one: `dpop/refuses-stale-iat@token`.
    pub verdict: String,
    /// What it came to: `fail`, `warn`, `not_testable`, …
    pub outcome: String,
    /// The variants of the issuer in which it shows; all of them when absent.
    #[serde(default, rename = "in")]
    variants: Option<Vec<String>>,
    /// Whose fault it is.
    pub fault: Fault,
    /// The requirement that is broken, one of those that the check judges.
    requirement: String,
    /// Why, so that somebody else can see it too.
    evidence: String,
}

/// Who has to mend something.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// The third-party library.
    Library,
    /// Our few lines around it.
    Glue,
    /// Our check or scenario.
    Harness,
    /// No one: the text allows it.
    Nobody,
}

impl Ruling {
    /// Whether it is about this finding.
    pub fn covers(&self, finding: &Finding) -> bool {
        self.verdict == finding.verdict
            && self.outcome == finding.outcome
            && self.shows_in(finding.variant)
    }

    /// The variants in which it should show.
    pub fn variants(&self) -> impl Iterator<Item = &'static str> {
        VARIANTS.iter().map(|variant| variant.name).filter(|name| self.shows_in(name))
    }

    fn shows_in(&self, variant: &str) -> bool {
        self.variants.as_ref().is_none_or(|variants| variants.iter().any(|name| name == variant))
    }
}

/// Reads the rulings and sees to it that each is one.
pub fn load() -> Outcome<Vec<Ruling>> {
    #[derive(Deserialize)]
    struct Table {
        #[serde(default)]
        ruling: Vec<Ruling>,
    }
    let text = fs::read_to_string(workspace::root().join("tests/interop/rulings.toml"))?;
    let rulings = toml::from_str::<Table>(&text)?.ruling;
    for ruling in &rulings {
        let known = |name: &String| VARIANTS.iter().any(|variant| variant.name == name);
        if let Some(name) = ruling.variants.iter().flatten().find(|name| !known(name)) {
            return Err(format!("{}: there is no variant {name:?}", ruling.verdict).into());
        }
        if ruling.evidence.trim().is_empty() {
            return Err(format!("{}: a ruling without evidence", ruling.verdict).into());
        }
        let check = ruling.verdict.split('@').next().unwrap_or_default();
        let judged = vcispec::checks::requirements::for_check(check).map(|row| row.id.as_str());
        let judged: Vec<&str> = judged.collect();
        if !judged.contains(&ruling.requirement.as_str()) {
            let judged = judged.join(", ");
            return Err(format!("{check} judges {judged}, not {}", ruling.requirement).into());
        }
    }
    Ok(rulings)
}
