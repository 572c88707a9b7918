//! From a recorded run to the entries that would let its failures pass.

use super::standing::may_be_known;
use super::{Baseline, whole};
use crate::checks::{self, Outcome};
use crate::gate::current_name;
use crate::report::{Known, Recorded, RecordedVerdict};

/// An entry that a baseline could have, and what stands beside it for whoever reviews it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// `check@endpoint`.
    pub check: String,
    /// The scenario, where the same check passes in another one.
    pub scenario: Option<String>,
    /// The worst that it was judged to be.
    pub judged: Outcome,
    /// The obligation in one sentence.
    pub obligation: String,
    /// What the issuer did, or why it could not be judged.
    pub actual: Option<String>,
    /// The scenarios in which it fails.
    pub seen_in: Vec<String>,
    /// Who knew of it when the run was made.
    pub known: Option<Known>,
}

impl Proposal {
    /// Whether a baseline has an entry for it already, expired or not.
    pub fn is_covered_by(&self, baseline: &Baseline) -> bool {
        let (id, endpoint) = parts(&self.check);
        let ids: Vec<&str> = checks::find(id).map_or(vec![id], |check| check.ids().collect());
        let scenarios: Vec<Option<&str>> = match self.seen_in.as_slice() {
            [] => vec![None],
            seen => seen.iter().map(|scenario| Some(scenario.as_str())).collect(),
        };
        scenarios.into_iter().all(|scenario| {
            baseline
                .entries
                .iter()
                .any(|entry| entry.covers(ids.iter().copied(), endpoint, scenario))
        })
    }
}

/// One entry for each `check@endpoint` that fails, for a scenario only where the same check
/// passes in another one. `warnings` asks for those too.
pub fn propose(recorded: &Recorded, warnings: bool) -> Vec<Proposal> {
    let named =
        |verdict: RecordedVerdict| RecordedVerdict { name: current_name(&verdict.name), ..verdict };
    let verdicts: Vec<RecordedVerdict> = recorded.verdicts().map(named).collect();
    let is_wanted = |verdict: &&RecordedVerdict| {
        let judged = verdict.judged();
        let was_known = verdict.known.is_some();
        may_be_known(judged) && (judged != Outcome::Warn || warnings || was_known)
    };
    let mut proposals: Vec<Proposal> = Vec::new();
    for verdict in verdicts.iter().filter(is_wanted) {
        let passes_elsewhere = verdicts.iter().any(|other| {
            other.name == verdict.name && matches!(other.judged(), Outcome::Pass | Outcome::Note)
        });
        let seen_in = verdict.scenario.as_deref().map(whole);
        let scenario = seen_in.filter(|_| passes_elsewhere).map(str::to_owned);
        let same =
            proposals.iter_mut().find(|one| one.check == verdict.name && one.scenario == scenario);
        match same {
            Some(proposal) => proposal.add(verdict, seen_in),
            None => proposals.push(Proposal {
                check: verdict.name.clone(),
                scenario,
                judged: verdict.judged(),
                obligation: verdict.obligation.clone(),
                actual: verdict.actual.clone().or_else(|| verdict.because.clone()),
                seen_in: seen_in.map(str::to_owned).into_iter().collect(),
                known: verdict.known.clone(),
            }),
        }
    }
    proposals
}

impl Proposal {
    fn add(&mut self, verdict: &RecordedVerdict, seen_in: Option<&str>) {
        self.judged = self.judged.max(verdict.judged());
        self.known = self.known.take().or_else(|| verdict.known.clone());
        if let Some(scenario) = seen_in
            && !self.seen_in.iter().any(|seen| seen == scenario)
        {
            self.seen_in.push(scenario.to_owned());
        }
    }
}

fn parts(name: &str) -> (&str, Option<&str>) {
    match name.split_once('@') {
        Some((id, endpoint)) => (id, Some(endpoint)),
        None => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::entry;
    use super::*;
    use crate::report::staging;

    fn proposals(warnings: bool) -> Vec<Proposal> {
        let recorded = Recorded::of(&staging::report());
        recorded.map(|recorded| propose(&recorded, warnings)).unwrap_or_default()
    }

    #[test]
    fn each_failure_has_an_entry_and_only_what_passes_elsewhere_names_its_scenario() {
        let found: Vec<_> =
            proposals(false).into_iter().map(|one| (one.check, one.scenario)).collect();
        let expected = [
            ("token/redeems-a-code-once", None),
            ("dpop/refuses-wrong-htu@credential", None),
            ("nonce/is-uncacheable", Some("pre-authorized/several")),
            ("sd-jwt/vct-matches", None),
        ];
        let expected =
            expected.map(|(check, scenario)| (check.to_owned(), scenario.map(str::to_owned)));
        assert_eq!(found, expected);
    }

    #[test]
    fn warnings_are_written_when_asked_for() {
        let warned = proposals(true);
        let lifetime = warned.iter().find(|one| one.check == "token/states-its-lifetime");
        let seen_in = lifetime.map(|one| one.seen_in.len());
        assert_eq!(seen_in, Some(2));
        assert_eq!(warned.len(), proposals(false).len() + 2);
    }

    #[test]
    fn what_has_an_entry_needs_no_other() {
        let mut baseline = Baseline::default();
        let open = |baseline: &Baseline| {
            proposals(false).iter().filter(|one| !one.is_covered_by(baseline)).count()
        };
        assert_eq!(open(&baseline), 4);
        baseline.entries.push(entry("dpop/*@credential", Some("refusals/*")));
        assert_eq!(open(&baseline), 3);
    }
}
