//! `vcispec doctor`: why a run would not judge, found before it is tried.
//!
//! Each diagnosis is one file: it looks at one thing and says what it found, with the remedy where
//! there is one. This table is their order. A diagnosis that rests on another is left out where
//! that one found a fault, so that one cause is told once.

mod again;
mod authorization_server;
mod budget;
mod callbacks;
mod chain;
mod clock;
mod configuration;
mod connection;
mod dialect;
mod endpoints;
mod finding;
mod identifier;
mod issuer;
mod metadata;
mod name;
mod offers;
mod page;
mod patient;
mod scenarios;
mod tls;
mod trial;
mod wait;
mod written_down;

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use super::arguments::DoctorArguments;
use super::{CliError, terminal};
use crate::report::ExitStatus;

pub use again::again;
use finding::{Finding, Mark};
use page::Page;
use patient::Patient;

/// One thing to look at.
struct Diagnosis {
    /// What it is called.
    name: &'static str,
    /// Where one of these found a fault or was not looked at, there is no point in it.
    after: &'static [&'static str],
    /// Looks. No finding at all leaves it unmentioned.
    look: for<'p> fn(&'p mut Patient) -> Look<'p>,
}

/// Findings to come.
type Look<'p> = Pin<Box<dyn Future<Output = Vec<Finding>> + 'p>>;

/// Every diagnosis, in the order in which they are made.
const DIAGNOSES: &[Diagnosis] = &[
    Diagnosis { name: "configuration", after: &[], look: configuration::look },
    Diagnosis { name: "issuer", after: &["configuration"], look: issuer::look },
    Diagnosis { name: "wait", after: &[], look: wait::look },
    Diagnosis { name: "name", after: &["issuer"], look: name::look },
    Diagnosis { name: "connection", after: &["name"], look: connection::look },
    Diagnosis { name: "tls", after: &["connection"], look: tls::look },
    Diagnosis { name: "metadata", after: &["tls"], look: metadata::look },
    Diagnosis { name: "dialect", after: &["metadata"], look: dialect::look },
    Diagnosis { name: "clock", after: &["metadata"], look: clock::look },
    Diagnosis { name: "identifier", after: &["metadata"], look: identifier::look },
    Diagnosis { name: "authorization", after: &["metadata"], look: authorization_server::look },
    Diagnosis { name: "endpoints", after: &["metadata"], look: endpoints::look },
    Diagnosis { name: "offers", after: &["connection"], look: offers::look },
    Diagnosis { name: "callbacks", after: &["configuration"], look: callbacks::look },
    Diagnosis { name: "scenarios", after: &["metadata"], look: scenarios::look },
    Diagnosis { name: "budget", after: &["scenarios"], look: budget::look },
    Diagnosis { name: "baseline", after: &["configuration"], look: written_down::baseline },
    Diagnosis { name: "snapshot", after: &["issuer"], look: written_down::snapshot },
];

/// Makes every diagnosis and tells each finding as it comes.
pub async fn doctor(arguments: DoctorArguments) -> Result<ExitStatus, CliError> {
    let mut page = Page::new(arguments.json, terminal::style(true).colour);
    let mut patient = Patient::new(arguments);
    // What there is no point in, and the fault that has to be mended first.
    let mut causes: HashMap<&'static str, &'static str> = HashMap::new();
    for diagnosis in DIAGNOSES {
        let cause = diagnosis.after.iter().find_map(|name| causes.get(name)).copied();
        if let Some(cause) = cause {
            causes.insert(diagnosis.name, cause);
            page.pass_over(diagnosis.name, cause);
            continue;
        }
        let findings = (diagnosis.look)(&mut patient).await;
        if findings.iter().any(|finding| finding.mark == Mark::Fault) {
            causes.insert(diagnosis.name, diagnosis.name);
        }
        for finding in &findings {
            page.tell(diagnosis.name, finding);
        }
    }
    Ok(page.end(&patient.again))
}

#[cfg(test)]
mod tests {
    use super::DIAGNOSES;

    #[test]
    fn what_a_diagnosis_rests_on_comes_before_it() {
        for (place, diagnosis) in DIAGNOSES.iter().enumerate() {
            for name in diagnosis.after {
                let before = DIAGNOSES.iter().take(place).any(|earlier| earlier.name == *name);
                assert!(before, "{} comes before {name}", diagnosis.name);
            }
        }
    }
}
