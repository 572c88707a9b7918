//! Every fault of the reference issuer turns exactly its `caught_by` red; every check is caught
//! out by at least one fault, every tamper check by two.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use reference_issuer::{FAULTS, Fault};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use vcispec::checks::{self, Judge, Outcome};

use crate::bench::{block_on, suite};

/// Suites that run side by side: more only fight over the processors.
const AT_ONCE: usize = 3;

#[test]
fn every_fault_turns_exactly_its_checks_red() {
    // Names of faults, stations or configurations, by commas, for whoever works on some of them.
    let wanted = std::env::var("VCISPEC_FAULT").ok();
    let is_wanted = |fault: &&Fault| {
        wanted.as_deref().is_none_or(|names| {
            let mut names = names.split(',');
            names.any(|name| [fault.name, fault.station, fault.config].contains(&name))
        })
    };
    let faults: Vec<&'static Fault> = FAULTS.iter().copied().filter(is_wanted).collect();
    assert!(!faults.is_empty(), "VCISPEC_FAULT names nothing: {wanted:?}");
    let wrong = block_on(async {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        let mut running = JoinSet::new();
        for fault in faults {
            let places = Arc::clone(&places);
            running.spawn(async move {
                let _place = places.acquire().await;
                (fault, caught(fault).await)
            });
        }
        let mut wrong = Vec::new();
        while let Some(joined) = running.join_next().await {
            let (fault, caught) = joined.unwrap();
            let expected: BTreeSet<&str> = fault.caught_by.iter().copied().collect();
            let found: BTreeSet<&str> = caught.keys().copied().collect();
            for missed in expected.difference(&found) {
                wrong.push(format!("{} ({}): {missed} did not catch it", fault.name, fault.config));
            }
            for extra in found.difference(&expected) {
                let says = &caught[extra];
                wrong.push(format!(
                    "{} ({}): {extra} caught it too: {says}",
                    fault.name, fault.config
                ));
            }
        }
        wrong.sort();
        wrong
    });
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

/// The checks that a fault turned to FAIL, WARN or NOTE, with what they say.
async fn caught(fault: &'static Fault) -> BTreeMap<&'static str, String> {
    let outcome = suite(fault.config, &[fault]).await;
    outcome
        .judgement
        .verdicts
        .into_iter()
        .filter(|verdict| matches!(verdict.outcome, Outcome::Fail | Outcome::Warn | Outcome::Note))
        .map(|verdict| {
            let says =
                format!("{:?} in {:?}, {:?}", verdict.actual, verdict.scenario, verdict.exchanges);
            (verdict.check, says)
        })
        .collect()
}

#[test]
fn every_check_is_caught_out_by_a_fault_and_every_tamper_check_by_two() {
    let mut lacking = Vec::new();
    for check in checks::all() {
        let count = FAULTS.iter().filter(|fault| fault.caught_by.contains(&check.id)).count();
        let wanted = if matches!(check.judge, Judge::Refusal(_)) { 2 } else { 1 };
        if count < wanted {
            lacking.push(format!("{} has {count} of {wanted}", check.id));
        }
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

#[test]
fn faults_name_checks_that_exist() {
    for fault in FAULTS {
        for id in fault.caught_by {
            assert!(checks::find(id).is_some(), "{} names {id}", fault.name);
        }
    }
}
