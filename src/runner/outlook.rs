//! What a run will come to, as far as is known: which scenarios will run, how many offers they take,
//! and who comes first where there are too few.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::knowledge::Knowledge;
use super::needs::{Decision, Means, decide, wanted_by};
use super::run::Plan;
use crate::offers::Wanted;
use crate::scenario::{Need, Scenario};

/// The offers that a plan will ask for, as far as can be told before anything is known of the
/// issuer: each scenario's wish, as often as it takes an offer.
pub fn wishes(plan: &Plan) -> Vec<Wanted> {
    let outlook = outlook(plan, &Knowledge::of(plan.credential_issuer.clone()));
    outlook
        .into_iter()
        .filter_map(|(scenario, decision)| match decision {
            Decision::Run(wanted) => Some(wishes_of(scenario, &wanted)),
            Decision::End(_) => None,
        })
        .flatten()
        .collect()
}

/// The offers that one scenario asks for.
pub fn wishes_of(scenario: &Scenario, wanted: &Wanted) -> Vec<Wanted> {
    scenario.takers().iter().map(|wallet| wanted_by(scenario, wallet, wanted)).collect()
}

/// What will become of each scenario, given what is known of the issuer.
pub fn outlook<'p>(plan: &'p Plan, knowledge: &Knowledge) -> Vec<(&'p Scenario, Decision)> {
    let means = plan.means();
    let decided = |scenario: &'p Scenario| (scenario, decide(scenario, &means, knowledge));
    plan.scenarios.iter().map(decided).collect()
}

/// The places of the scenarios, those first that show most for an offer: what goes well before what
/// is refused, each time what is there for the most checks that nothing before it is there for. What
/// is there for none of those comes last.
pub(super) fn most_telling_first(scenarios: &[Scenario]) -> Vec<usize> {
    let mut left: Vec<usize> = (0..scenarios.len()).collect();
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    let mut places = Vec::new();
    let telling = |place: usize, shown: &BTreeSet<&str>| {
        let scenario = scenarios.get(place)?;
        let news = scenario.aims.iter().filter(|aim| !shown.contains(aim.as_str())).count();
        let refuses = scenario.steps.iter().any(|step| !step.tamper.is_empty());
        Some((news == 0, refuses, scenario.takers().len() > 1, Reverse(news)))
    };
    while let Some(next) = left.iter().copied().min_by_key(|place| telling(*place, &shown)) {
        left.retain(|place| *place != next);
        shown.extend(scenarios.get(next).into_iter().flat_map(|one| &one.aims).map(String::as_str));
        places.push(next);
    }
    places
}

/// The offers that the scenarios at these places ask for, in that order.
pub(super) fn wishes_at(plan: &Plan, places: &[usize], knowledge: &Knowledge) -> Vec<Wanted> {
    let means = plan.means();
    let scenarios = places.iter().filter_map(|place| plan.scenarios.get(*place));
    scenarios
        .flat_map(|scenario| match decide(scenario, &means, knowledge) {
            Decision::Run(wanted) => wishes_of(scenario, &wanted),
            Decision::End(_) => Vec::new(),
        })
        .collect()
}

/// The place of the scenario from which the issuer is learnt, and whether it uses an offer: the
/// first that needs none, or, where no issuer was given, the one that shows most of those that ask
/// for little.
pub(super) fn scout(plan: &Plan) -> Option<(usize, bool)> {
    let knowledge = Knowledge::of(plan.credential_issuer.clone());
    let knows_issuer = knowledge.identifier.is_some();
    let means = plan.means();
    let runs = |scenario: &Scenario| {
        scenario.uses_offers() != knows_issuer
            && matches!(decide(scenario, &means, &knowledge), Decision::Run(_))
    };
    let is = |place: &usize, what: &dyn Fn(&Scenario) -> bool| {
        plan.scenarios.get(*place).is_some_and(what)
    };
    let places = match knows_issuer {
        true => (0..plan.scenarios.len()).collect(),
        false => most_telling_first(&plan.scenarios),
    };
    let able: Vec<usize> = places.into_iter().filter(|place| is(place, &runs)).collect();
    let modest = able.iter().find(|place| !knows_issuer && is(place, &asks_for_little));
    Some((*modest.or(able.first())?, !knows_issuer))
}

/// Whether a scenario asks nothing of an issuer but a credential: an issuer of which nothing is
/// known is best learnt by such a one.
fn asks_for_little(scenario: &Scenario) -> bool {
    let little = [Need::Offer, Need::NoTxCode, Need::TxCode, Need::SingleOffer];
    scenario.wallet.format.is_none() && scenario.needs.iter().all(|need| little.contains(need))
}

impl Plan {
    /// What the caller allows and has at hand.
    pub(super) fn means(&self) -> Means<'_> {
        Means {
            offers: self.offers.as_deref(),
            back_office: &self.back_office,
            hears_callbacks: self.receiver.is_some(),
            client_id: self.client_id.as_deref(),
            identity: &self.identity,
            policy: &self.policy,
            allowed: self.allowed,
            longest_wait: self.waiting.as_ref().map(|waiting| waiting.at_most),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use crate::scenario::{KnownTamper, Vocabulary, load};
    use crate::transcript::Station;

    fn scenario(id: &str, aims: &[&str], tamper: Option<&str>) -> Scenario {
        let known = Vocabulary {
            checks: vec!["a/one", "a/two", "a/three", "a/four"],
            tampers: vec![KnownTamper { name: "spoilt", at: &[Station::Token] }],
        };
        let tamper = tamper.map(|name| format!("tamper = {name:?}\n")).unwrap_or_default();
        let text = format!(
            "title = \"t\"\naims = {aims:?}\nneeds = [\"offer\"]\n[[step]]\ndo = \"token\"\n{tamper}"
        );
        load(id, &text, &known).unwrap().remove(0)
    }

    #[test]
    fn what_goes_well_comes_first_and_what_shows_nothing_new_comes_last() {
        let scenarios = [
            scenario("refusals/few", &["a/four"], Some("spoilt")),
            scenario("flows/again", &["a/two"], None),
            scenario("refusals/many", &["a/three", "a/four"], Some("spoilt")),
            scenario("flows/plain", &["a/one", "a/two"], None),
        ];
        assert_eq!(most_telling_first(&scenarios), [3, 2, 1, 0]);
    }
}
