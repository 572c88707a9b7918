//! The rulings: for each failure and warning that the harness reports about a third-party issuer, whose fault it is.

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;

use super::issuer::{Finding, VARIANTS};
use crate::{Outcome, workspace};

/// One decision.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// The issuer that is complained of.
    pub issuer: String,
    /// The check, with its endpoint where it has one: `dpop/refuses-stale-iat@token`.
    pub verdict: String,
    /// What it came to: `fail`, `warn`, `not_testable`, …
    pub outcome: String,
    /// The variants of it in which it shows; all of them when absent.
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
    fn covers(&self, finding: &Finding) -> bool {
        self.verdict == finding.verdict
            && self.outcome == finding.outcome
            && self.shows_in(finding.variant)
    }

    /// The variants in which it should show.
    fn variants(&self) -> impl Iterator<Item = &'static str> {
        VARIANTS.iter().map(|variant| variant.name).filter(|name| self.shows_in(name))
    }

    fn shows_in(&self, variant: &str) -> bool {
        let of_the_issuer =
            VARIANTS.iter().any(|known| known.name == variant && known.issuer.name == self.issuer);
        let is_named = |variants: &Vec<String>| variants.iter().any(|name| name == variant);
        of_the_issuer && self.variants.as_ref().is_none_or(is_named)
    }
}

/// Reads the rulings and sees to it that each is one.
pub fn load() -> Outcome<Vec<Ruling>> {
    let rulings = read(&fs::read_to_string(workspace::root().join("tests/interop/rulings.toml"))?)?;
    for ruling in &rulings {
        let of_it = || VARIANTS.iter().filter(|variant| variant.issuer.name == ruling.issuer);
        if of_it().next().is_none() {
            return Err(
                format!("{}: there is no issuer {:?}", ruling.verdict, ruling.issuer).into()
            );
        }
        let known = |name: &String| of_it().any(|variant| variant.name == name);
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

/// Findings without a ruling, and rulings without a finding.
pub fn disputes(rulings: &[Ruling], findings: &[Finding]) -> Vec<String> {
    let mut unexpected: BTreeMap<(&str, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        if !rulings.iter().any(|ruling| ruling.covers(finding)) {
            unexpected.entry((&finding.verdict, &finding.outcome)).or_default().push(finding);
        }
    }
    let mut disputes = Vec::new();
    for ((verdict, outcome), findings) in unexpected {
        let variants: Vec<&str> = findings.iter().map(|finding| finding.variant).collect();
        let actual = findings.first().map_or("", |finding| &finding.actual).escape_debug();
        disputes.push(format!(
            "{verdict} = {outcome} in {} has no ruling: {actual}",
            variants.join(", ")
        ));
    }
    for ruling in rulings {
        let shows = |variant| {
            findings.iter().any(|finding| finding.variant == variant && ruling.covers(finding))
        };
        let silent: Vec<&str> = ruling.variants().filter(|variant| !shows(*variant)).collect();
        if !silent.is_empty() {
            disputes.push(format!(
                "{} = {} no longer shows in {}",
                ruling.verdict,
                ruling.outcome,
                silent.join(", ")
            ));
        }
    }
    disputes
}

fn read(text: &str) -> Outcome<Vec<Ruling>> {
    #[derive(Deserialize)]
    struct Table {
        #[serde(default)]
        ruling: Vec<Ruling>,
    }
    Ok(toml::from_str::<Table>(text)?.ruling)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULING: &str = r#"
        [[ruling]]
        issuer = "openid4vc-ts"
        verdict = "nonce/is-uncacheable"
        outcome = "fail"
        in = ["bearer"]
        fault = "library"
        requirement = "NONCE-04"
        evidence = "it is plain to see"
    "#;

    fn finding(variant: &'static str, outcome: &str) -> Finding {
        let verdict = "nonce/is-uncacheable".to_owned();
        Finding {
            variant,
            verdict,
            outcome: outcome.to_owned(),
            actual: "no Cache-Control".to_owned(),
        }
    }

    #[test]
    fn a_finding_with_its_ruling_is_settled() -> Outcome {
        assert!(disputes(&read(RULING)?, &[finding("bearer", "fail")]).is_empty());
        Ok(())
    }

    #[test]
    fn a_finding_elsewhere_and_a_ruling_on_nothing_are_disputed() -> Outcome {
        let disputes = disputes(
            &read(RULING)?,
            &[finding("dpop-optional", "fail"), finding("dpop-required", "fail")],
        );
        assert_eq!(
            disputes,
            [
                "nonce/is-uncacheable = fail in dpop-optional, dpop-required has no ruling: no Cache-Control",
                "nonce/is-uncacheable = fail no longer shows in bearer",
            ]
        );
        Ok(())
    }

    #[test]
    fn a_ruling_on_another_outcome_settles_nothing() -> Outcome {
        assert_eq!(disputes(&read(RULING)?, &[finding("bearer", "warn")]).len(), 2);
        Ok(())
    }
}
