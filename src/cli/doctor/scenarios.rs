//! Which scenarios will run, and for those that will not, why, by reason.

use super::Look;
use super::finding::Finding;
use super::patient::{Case, Patient};
use crate::report::is_chosen;
use crate::runner::{Decision, outlook};
use crate::scenario::Scenario;
use crate::transcript::Ending;

/// Decides on every scenario as a run will.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let Some(case) = &patient.case else { return Vec::new() };
        let outlook = outlook(&case.plan, &patient.knowledge());
        let total = outlook.len();
        let idle: Vec<(Ending, Vec<&Scenario>)> = by_reason(outlook);
        let runs = total - idle.iter().map(|(_, scenarios)| scenarios.len()).sum::<usize>();
        let says = format!("{runs} of {total} will run");
        let mut findings = vec![match runs {
            0 => Finding::fault(says).so("the reasons follow"),
            _ => Finding::well(says),
        }];
        findings.extend(idle.iter().map(|(ending, scenarios)| told(ending, scenarios, case)));
        if case.left_out > 0 {
            let says = format!("{} left out by --include or --exclude", case.left_out);
            findings.push(Finding::idle(says));
        }
        findings
    })
}

/// Those that will not run, the same reasons together.
fn by_reason(outlook: Vec<(&Scenario, Decision)>) -> Vec<(Ending, Vec<&Scenario>)> {
    let mut groups: Vec<(Ending, Vec<&Scenario>)> = Vec::new();
    for (scenario, decision) in outlook {
        let Decision::End(ending) = decision else { continue };
        match groups.iter_mut().find(|(known, _)| *known == ending) {
            Some((_, scenarios)) => scenarios.push(scenario),
            None => groups.push((ending, vec![scenario])),
        }
    }
    groups
}

fn told(ending: &Ending, scenarios: &[&Scenario], case: &Case) -> Finding {
    let who = match scenarios {
        [only] => only.id.clone(),
        several => several.len().to_string(),
    };
    let why = match ending {
        Ending::NotApplicable { why } => {
            return Finding::idle(format!("{who} not applicable: {why}"));
        }
        Ending::NotRun { why } | Ending::Failed { why } | Ending::Stopped { why, .. } => why,
        Ending::Completed => return Finding::idle(who),
    };
    let (reason, remedy) = apart(why);
    let says = format!("{who} not run: {reason}");
    let finding = if is_chosen(why) {
        Finding::idle(says)
    } else if case.strictness.require_complete {
        Finding::fault(format!("{says}, and a complete run is required"))
    } else if reason.starts_with("it has an impact") {
        Finding::idle(says)
    } else {
        Finding::remark(says)
    };
    match remedy {
        Some(remedy) => finding.so(remedy),
        None => finding,
    }
}

/// A reason, and what it says is to be done.
fn apart(why: &str) -> (&str, Option<&str>) {
    [": add ", "; add ", ": --"]
        .into_iter()
        .find_map(|mark| {
            let place = why.find(mark)?;
            Some((why.get(..place)?, why.get(place + 2..)))
        })
        .unwrap_or((why, None))
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn a_remedy_is_told_from_its_reason() {
        assert_eq!(
            apart("no offer source: add --offer LINK, or [[offers]] in vcispec.toml"),
            ("no offer source", Some("add --offer LINK, or [[offers]] in vcispec.toml"))
        );
        assert_eq!(
            apart("it has an impact: --allow locks"),
            ("it has an impact", Some("--allow locks"))
        );
        assert_eq!(apart("it needs: another"), ("it needs: another", None));
    }
}
