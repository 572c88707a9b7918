//! When a refusal takes the code or the token with it, the request without the tamper cannot
//! show any more that it would have been granted. Each tamper is then tried by itself, and a
//! fresh offer shows what becomes of the plain request.

use crate::checks::{self, Judge};
use crate::scenario::{Action, Impact, Need, Scenario, Step, Until};
use crate::transcript::{Ending, Transcript};

/// The name of the offer that shows what becomes of the plain request.
const CONTROL: &str = "control";

/// Whether the chain of a scenario broke at a tamper or behind one.
pub fn broke(scenario: &Scenario, transcript: &Transcript) -> bool {
    let Ending::Stopped { step, .. } = transcript.ending else { return false };
    let first = scenario.steps.iter().position(|step| !step.tamper.is_empty());
    first.is_some_and(|first| step as usize > first)
}

/// The scenarios that try each tamper on an offer of its own; none where there are no fresh
/// offers, none where something is to be locked, and none where the author of the script says what is to
/// follow on what.
pub fn isolated(scenario: &Scenario) -> Vec<Scenario> {
    let is_of_its_own = scenario.steps.iter().any(|step| step.expect.is_some());
    if !scenario.uses_offers()
        || scenario.needs.contains(&Need::SingleOffer)
        || scenario.slow.is_some()
        || scenario.impact == Impact::Locks
        || is_of_its_own
    {
        return Vec::new();
    }
    let tampers = scenario.steps.iter().flat_map(|step| &step.tamper);
    tampers.map(|tamper| alone(scenario, tamper)).collect()
}

fn alone(scenario: &Scenario, tamper: &str) -> Scenario {
    let mut alone = scenario.clone();
    alone.id = format!("{}#{tamper}", scenario.id);
    alone.aims.retain(|aim| checks::find(aim).is_some_and(|check| judges(&check.judge, tamper)));
    alone.steps.retain_mut(|step| {
        let is_plain = step.tamper.is_empty();
        step.tamper.retain(|name| name == tamper);
        is_plain || !step.tamper.is_empty()
    });
    alone.steps.splice(0..0, control(&alone.steps));
    alone
}

/// The plain requests up to the endpoint that the tampered one goes to, on an offer of their own.
fn control(steps: &[Step]) -> Vec<Step> {
    let ends = steps.iter().find(|step| !step.tamper.is_empty()).map(|step| step.action);
    let actions: &[Action] = match ends {
        Some(Action::Credential) => &[Action::Token, Action::Credential],
        Some(Action::Deferred) => &[Action::Token, Action::Credential, Action::Deferred],
        Some(Action::Notification) => &[Action::Token, Action::Credential, Action::Notification],
        Some(Action::Refresh) => &[Action::Token, Action::Refresh],
        _ => &[Action::Token],
    };
    let plain = |action: &Action| Step {
        offer: CONTROL.to_owned(),
        until: (*action == Action::Deferred).then_some(Until::Credentials),
        ..Step::plain(*action)
    };
    actions.iter().map(plain).collect()
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
    use crate::scenario::{KnownTamper, Vocabulary, load};
    use crate::transcript::Station;

    fn knowing(names: &[&'static str]) -> Vocabulary {
        let at = &[Station::Token, Station::Credential];
        let row = |name: &&'static str| KnownTamper { name, at };
        Vocabulary {
            checks: vec!["nonce/is-uncacheable"],
            tampers: names.iter().map(row).collect(),
        }
    }

    const CHAIN: &str = r#"
title = "A chain"
aims = ["nonce/is-uncacheable"]
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
        let known = knowing(&["a", "b", "c"]);
        let chain = load("refusals/chain", CHAIN, &known);
        let chain = chain.unwrap_or_else(|error| unreachable!("{error}")).remove(0);
        let link = alone(&chain, "c");
        assert_eq!(link.id, "refusals/chain#c");
        let tampers: Vec<_> = link.steps.iter().map(|step| step.tamper.join("+")).collect();
        assert_eq!(tampers, ["", "", "", "c", ""]);
        let controls = link.steps.iter().filter(|step| step.offer == CONTROL).count();
        assert_eq!((controls, link.offers()), (2, 2));
        let first = alone(&chain, "a");
        assert_eq!(first.steps.iter().filter(|step| step.offer == CONTROL).count(), 1);
    }

    #[test]
    fn a_single_tamper_that_took_the_code_along_is_tried_again_with_fresh_offers() {
        let known = knowing(&["a"]);
        let script = "title = \"One\"\naims = [\"nonce/is-uncacheable\"]\nneeds = [\"offer\"]\n\
                      [[step]]\ndo = \"token\"\ntamper = \"a\"\n[[step]]\ndo = \"token\"";
        let one = load("refusals/one", script, &known);
        let mut one = one.unwrap_or_else(|error| unreachable!("{error}")).remove(0);
        let ended = |step| Transcript {
            ending: Ending::Stopped { step, why: "invalid_grant".into() },
            scenario: one.id.clone(),
            title: String::new(),
            aims: Vec::new(),
            expectations: Vec::new(),
            skipped: Vec::new(),
            elsewhere: None,
            status_changes: Vec::new(),
            entitlement_changes: Vec::new(),
            backend: None,
            isolated: false,
            wallets: Vec::new(),
            offers: Vec::new(),
            exchanges: Vec::new(),
        };
        let (broken, before) = (ended(2), ended(0));
        assert!(broke(&one, &broken) && !broke(&one, &before));
        assert_eq!(isolated(&one).len(), 1);
        one.needs = vec![Need::SingleOffer];
        assert!(isolated(&one).is_empty());
    }
}
