//! When a chain of refusals on one offer breaks, each of its links is tried by itself.

use crate::checks::{self, Judge};
use crate::scenario::Scenario;
use crate::transcript::{Ending, Transcript};

/// The scenarios that try each tamper of a broken chain on an offer of its own; none where the
/// chain held, or where it has one link only.
pub fn isolated(scenario: &Scenario, transcript: &Transcript) -> Vec<Scenario> {
    let Ending::Stopped { step, .. } = transcript.ending else { return Vec::new() };
    let tampers: Vec<&String> = scenario.steps.iter().flat_map(|step| &step.tamper).collect();
    let first = scenario.steps.iter().position(|step| !step.tamper.is_empty());
    let broke_in_chain = first.is_some_and(|first| step as usize > first);
    if !broke_in_chain || tampers.len() < 2 || !scenario.uses_offers() {
        return Vec::new();
    }
    tampers.into_iter().map(|tamper| alone(scenario, tamper)).collect()
}

fn alone(scenario: &Scenario, tamper: &str) -> Scenario {
    let mut alone = scenario.clone();
    alone.id = format!("{}#{tamper}", scenario.id);
    alone.aims.retain(|aim| checks::find(aim).is_some_and(|check| judges(&check.judge, tamper)));
    for step in &mut alone.steps {
        if !step.tamper.is_empty() {
            step.tamper.retain(|name| name == tamper);
        }
    }
    let emptied: Vec<bool> = scenario
        .steps
        .iter()
        .zip(&alone.steps)
        .map(|(before, after)| !before.tamper.is_empty() && after.tamper.is_empty())
        .collect();
    let mut emptied = emptied.into_iter();
    alone.steps.retain(|_| !emptied.next().unwrap_or(false));
    alone
}

fn judges(judge: &Judge, tamper: &str) -> bool {
    match judge {
        Judge::Refusal(refusal) => refusal.tamper == tamper,
        Judge::Acceptance(acceptance) => acceptance.tamper == tamper,
        Judge::Answers(..) | Judge::Transcript(_) | Judge::Run(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Vocabulary, load};

    const CHAIN: &str = r#"
title = "A chain"
aims = []
needs = ["offer"]
[[step]]
do = "token"
tamper = ["a", "b"]
[[step]]
do = "token"
[[step]]
do = "credential"
tamper = "c"
[[step]]
do = "credential"
"#;

    #[test]
    fn each_link_keeps_the_steps_around_it() {
        let known = Vocabulary { checks: Vec::new(), tampers: vec!["a", "b", "c"] };
        let chain = load("refusals/chain", CHAIN, &known);
        let chain = chain.unwrap_or_else(|error| unreachable!("{error}"));
        let link = alone(&chain, "c");
        assert_eq!(link.id, "refusals/chain#c");
        let tampers: Vec<_> = link.steps.iter().map(|step| step.tamper.join("+")).collect();
        assert_eq!(tampers, ["", "c", ""]);
    }
}
