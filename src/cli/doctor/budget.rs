//! How many offers a run will use, and how long it takes to get them.

use std::time::Duration;

use super::Look;
use super::finding::Finding;
use super::patient::Patient;
use crate::runner::{Decision, outlook, wishes_of};

/// Shares the offers out as a run will.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let Some(case) = &patient.case else { return Vec::new() };
        let Some(offers) = &case.plan.offers else { return Vec::new() };
        let outlook = outlook(&case.plan, &patient.knowledge());
        let wishes: Vec<_> = outlook
            .into_iter()
            .flat_map(|(scenario, decision)| match decision {
                Decision::Run(wanted) => wishes_of(scenario, &wanted),
                Decision::End(_) => Vec::new(),
            })
            .collect();
        if wishes.is_empty() {
            return Vec::new();
        }
        let forecast = offers.forecast(&wishes);
        let mut took = Duration::ZERO;
        for (name, count) in &forecast.by_source {
            let pace = patient.trials.pace(name).unwrap_or_default();
            took += pace.saturating_mul(u32::try_from(*count).unwrap_or(u32::MAX));
        }
        let minting = match took.as_secs() {
            0 => String::new(),
            seconds => {
                format!("; minting them takes {seconds} s, less where they are minted side by side")
            }
        };
        let says = format!("a run needs {forecast}{minting}");
        vec![if forecast.beyond_limit > 0 {
            Finding::misconfigured(says).so(format!("--max-offers {}", forecast.needed()))
        } else if forecast.unmet.is_empty() {
            Finding::well(says)
        } else {
            Finding::fault(says).so("a source that mints: exec or http under [[offers]]")
        }]
    })
}
