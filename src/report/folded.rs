//! Problems told once: a check that found several things is one problem, and so is all that could
//! not be judged for one reason.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Consequence, Place, Problem};
use crate::checks::Outcome;

/// What a check found beside the worst of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Variation {
    /// What that came to.
    pub outcome: Outcome,
    /// What the issuer did.
    pub actual: Option<String>,
    /// What bounds the observation, or why it could not be judged.
    pub because: Option<String>,
    /// Where it was seen, once for each scenario.
    pub places: Vec<Place>,
}

impl Variation {
    /// `WARN: no status (…), in formats/dc-sd-jwt and 2 more`
    pub fn in_words(&self) -> String {
        let mut text = self.outcome.name().to_owned();
        match (&self.actual, &self.because) {
            (Some(actual), Some(because)) => text.push_str(&format!(": {actual} ({because})")),
            (Some(only), None) | (None, Some(only)) => text.push_str(&format!(": {only}")),
            (None, None) => {}
        }
        let mut scenarios = self.places.iter().filter_map(|place| place.scenario.as_deref());
        if let Some(first) = scenarios.next() {
            text.push_str(&format!(", in {first}"));
        }
        match scenarios.count() {
            0 => text,
            more => format!("{text} and {more} more"),
        }
    }
}

/// Folds what is about one check at one endpoint into the worst of it.
pub(super) fn by_name(problems: Vec<Problem>) -> Vec<Problem> {
    let mut told: Vec<Problem> = Vec::new();
    for problem in problems {
        let same = |other: &&mut Problem| {
            problem.name.is_some()
                && !problem.is_of_the_gate()
                && other.name == problem.name
                && other.known == problem.known
        };
        match told.iter_mut().find(same) {
            Some(other) if problem.outcome > other.outcome => {
                let former = std::mem::replace(other, problem);
                other.vary(former);
            }
            Some(other) => other.vary(problem),
            None => told.push(problem),
        }
    }
    told
}

/// Folds what could not be judged for the same reason into one problem, where it is more than one
/// check.
pub(super) fn by_reason(problems: Vec<Problem>) -> Vec<Problem> {
    let mut told: Vec<Problem> = Vec::new();
    for problem in problems {
        let same = |other: &&mut Problem| {
            is_unjudged(other)
                && is_unjudged(&problem)
                && other.outcome == problem.outcome
                && other.because == problem.because
        };
        match told.iter_mut().find(same) {
            Some(other) => other.join(problem),
            None => told.push(problem),
        }
    }
    told
}

/// Whether nothing was found, for a reason that is given.
fn is_unjudged(problem: &Problem) -> bool {
    matches!(problem.outcome, Outcome::NotTestable | Outcome::Inconclusive)
        && problem.actual.is_none()
        && problem.because.is_some()
        && problem.known.is_none()
}

impl Problem {
    fn vary(&mut self, other: Self) {
        let variation = Variation {
            outcome: other.outcome,
            actual: other.actual,
            because: other.because,
            places: other.places,
        };
        self.otherwise.push(variation);
        self.otherwise.extend(other.otherwise);
        self.add(other.consequences);
    }

    /// Takes in another check that could not be judged for the same reason, as one more of those.
    fn join(&mut self, other: Self) {
        if let (Some(name), Some(obligation)) = (self.name.take(), self.obligation.take()) {
            let own = Consequence { name, outcome: self.outcome, obligation };
            self.consequences.insert(0, own);
            (self.check, self.level) = (None, None);
        }
        let Self { name, outcome, obligation, places, consequences, .. } = other;
        if let (Some(name), Some(obligation)) = (name, obligation) {
            self.add(vec![Consequence { name, outcome, obligation }]);
        }
        self.add(consequences);
        for place in places {
            let Some(same) = self.places.iter_mut().find(|one| one.scenario == place.scenario)
            else {
                self.places.push(place);
                continue;
            };
            for sighting in place.exchanges {
                if !same.exchanges.contains(&sighting) {
                    same.exchanges.push(sighting);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(
        check: &'static str,
        outcome: Outcome,
        actual: Option<&str>,
        scenario: &str,
    ) -> Problem {
        Problem {
            obligation: Some("it is so"),
            check: Some(check),
            actual: actual.map(str::to_owned),
            because: actual.is_none().then(|| "nothing shows it".to_owned()),
            places: vec![Place { scenario: Some(scenario.to_owned()), exchanges: Vec::new() }],
            ..Problem::of_the_gate(outcome, check.to_owned())
        }
    }

    #[test]
    fn a_check_is_told_once_with_the_worst_first() {
        let told = by_name(vec![
            found("a/one", Outcome::Warn, Some("little"), "s/1"),
            found("a/two", Outcome::Fail, Some("else"), "s/1"),
            found("a/one", Outcome::Fail, Some("much"), "s/2"),
            found("a/one", Outcome::Warn, Some("less"), "s/3"),
        ]);
        assert_eq!(told.len(), 2);
        assert_eq!((told[0].outcome, told[0].actual.as_deref()), (Outcome::Fail, Some("much")));
        let otherwise: Vec<String> = told[0].otherwise.iter().map(Variation::in_words).collect();
        assert_eq!(otherwise, ["WARN: little, in s/1", "WARN: less, in s/3"]);
    }

    #[test]
    fn what_could_not_be_judged_is_told_by_its_reason() {
        let told = by_reason(vec![
            found("a/one", Outcome::NotTestable, None, "s/1"),
            found("a/two", Outcome::NotTestable, None, "s/1"),
            found("a/three", Outcome::NotTestable, None, "s/2"),
            found("a/four", Outcome::Inconclusive, None, "s/2"),
        ]);
        assert_eq!(told.len(), 2);
        let names: Vec<&str> = told[0].consequences.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["a/one", "a/two", "a/three"]);
        assert_eq!((told[0].name.as_deref(), told[0].places.len()), (None, 2));
        assert_eq!(told[1].name.as_deref(), Some("a/four"));
    }
}
