//! Whether there is a configuration, it can be read, and a run can be made of it: unknown keys,
//! variables that are not set, files that are not there.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::Look;
use super::finding::Finding;
use super::patient::{Case, Patient};
use crate::cli::arguments::DoctorArguments;
use crate::cli::{CliError, order, plan};

/// Reads what was typed and written down.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let Some(DoctorArguments { run, .. }) = patient.arguments.take() else {
            return Vec::new();
        };
        patient.file = order::file(run.under_test.config.as_deref());
        if let Err(error) = order::configuration(run.under_test.config.as_deref()) {
            let finding = Finding::misconfigured(error.to_string());
            return vec![match error.help() {
                Some(help) => finding.so(help),
                None => finding,
            }];
        }
        let case = match order::from(run).await.and_then(case) {
            Ok(case) => case,
            Err(error) => return vec![refused(&error)],
        };
        patient.identifier.clone_from(&case.plan.credential_issuer);
        let says = match &patient.file {
            Some(path) => format!("{}, {}", path.display(), sources(&case)),
            None => "no vcispec.toml here, arguments only".to_owned(),
        };
        patient.case = Some(case);
        vec![Finding::well(says)]
    })
}

fn case(mut order: order::Order) -> Result<Case, CliError> {
    let all = plan::scenarios()?.len();
    let plan = order.plan(Arc::new(AtomicBool::new(false)))?;
    Ok(Case {
        left_out: all.saturating_sub(plan.scenarios.len()),
        plan,
        options: order.options,
        strictness: order.strictness,
    })
}

fn sources(case: &Case) -> String {
    match case.plan.offers.as_ref().map_or(0, |offers| offers.sources().len()) {
        0 => "no offer source".to_owned(),
        1 => "1 offer source".to_owned(),
        count => format!("{count} offer sources"),
    }
}

/// The first line says what is wrong, the others what would be right.
fn refused(error: &CliError) -> Finding {
    let text = error.to_string();
    let (says, remedy) = text.split_once('\n').unwrap_or((&text, ""));
    let finding = match error {
        CliError::Usage(_) => Finding::misconfigured(says),
        CliError::Refused(_) | CliError::Failed(_) => Finding::fault(says),
    };
    let remedy: Vec<&str> = remedy.lines().map(str::trim).collect();
    if remedy.iter().all(|line| line.is_empty()) { finding } else { finding.so(remedy.join("\n")) }
}
