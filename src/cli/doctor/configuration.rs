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
            return vec![Finding::from(&error)];
        }
        let case = match order::from(run).await.and_then(case) {
            Ok(case) => case,
            Err(error) => return vec![Finding::from(&error)],
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
        gates: order.gates,
    })
}

fn sources(case: &Case) -> String {
    match case.plan.offers.as_ref().map_or(0, |offers| offers.sources().len()) {
        0 => "no offer source".to_owned(),
        1 => "1 offer source".to_owned(),
        count => format!("{count} offer sources"),
    }
}
