//! Failures that somebody knows of, and lets pass for a reason and until a day.

mod propose;
mod reconcile;
mod stale;
mod standing;

use jiff::civil::Date;

pub use propose::{Proposal, propose};
pub use reconcile::{reconcile, undecided};

use crate::checks::{self, Outcome, matches};
use crate::report::{CheckResult, Known, ReportedVerdict};
use crate::transcript::Station;

/// The endpoints of whose answers a script can expect something.
const EXPECTED_OF: [Station; 7] = [
    Station::Offer,
    Station::IssuerMetadata,
    Station::Token,
    Station::Nonce,
    Station::Credential,
    Station::Deferred,
    Station::Notification,
];

/// A file of known failures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The file as it is called in reports.
    pub file: String,
    /// Its entries, in their order: of several that cover a verdict the first counts.
    pub entries: Vec<Entry>,
    /// Every scenario that there is, to tell what a run left out.
    pub suite: Suite,
}

/// Ids of scenarios, each with the checks it is there to exercise.
pub type Suite = Vec<(String, Vec<String>)>;

/// One `[[known]]`: which failures, and why they are let pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Glob on the id of a check, or on `check@endpoint`.
    pub check: String,
    /// Glob on the id of a scenario; none covers them all, and the run as a whole.
    pub scenario: Option<String>,
    /// Why it is let pass.
    pub reason: String,
    /// The last day on which it is let pass, in UTC; none lets it pass until it is mended.
    pub expires: Option<Date>,
    /// Where it is tracked.
    pub issue: Option<String>,
    /// Where it stands in the file, from 1.
    pub line: usize,
}

impl Entry {
    /// Whether it covers a check by one of its ids, at this endpoint where verdicts on the check
    /// are told apart by endpoints, in this scenario or on the whole run.
    pub fn covers<'id>(
        &self,
        ids: impl IntoIterator<Item = &'id str>,
        endpoint: Option<&str>,
        scenario: Option<&str>,
    ) -> bool {
        let named = ids.into_iter().any(|id| {
            let at = endpoint.map(|endpoint| format!("{id}@{endpoint}"));
            matches(&self.check, id) || at.is_some_and(|name| matches(&self.check, &name))
        });
        named && self.covers_scenario(scenario.unwrap_or_default())
    }

    fn covers_scenario(&self, scenario: &str) -> bool {
        let glob = self.scenario.as_deref().unwrap_or("*");
        // A refusal that was tried again by itself belongs to the scenario it came from.
        matches(glob, scenario) || matches(glob, whole(scenario))
    }

    fn covers_verdict(&self, result: &CheckResult, verdict: &ReportedVerdict) -> bool {
        let ids = std::iter::once(result.check).chain(result.aliases.iter().copied());
        let endpoint = verdict.endpoint.map(|endpoint| endpoint.name());
        self.covers(ids, endpoint, verdict.scenario.as_deref())
    }

    /// Whether it covers some verdict on a check, at whatever endpoint.
    fn covers_check(&self, ids: &[&str]) -> bool {
        let glob = self.check.split('@').next().unwrap_or_default();
        ids.iter().any(|id| matches(glob, id) || matches(&self.check, id))
    }

    fn has_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last| today > last)
    }

    fn known(&self, judged: Outcome) -> Known {
        Known {
            judged,
            reason: self.reason.clone(),
            expires: self.expires,
            issue: self.issue.clone(),
        }
    }

    /// What it covers, as it is written.
    fn pattern(&self) -> String {
        match &self.scenario {
            Some(scenario) => format!("{} in {scenario}", self.check),
            None => self.check.clone(),
        }
    }
}

impl Baseline {
    /// The entry that a verdict belongs to.
    fn first(&self, result: &CheckResult, verdict: &ReportedVerdict) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.covers_verdict(result, verdict))
    }
}

/// Every name that an entry can be about: the ids of all checks, those of earlier editions, and
/// each with the endpoints that its verdicts are told apart by.
pub fn check_names() -> Vec<String> {
    let names = checks::known().flat_map(|check| {
        // What a script expects, it expects of the answers of any endpoint.
        let endpoints = match check.id == checks::EXPECTATION.id {
            true => EXPECTED_OF.to_vec(),
            false => check.endpoints(),
        };
        check.ids().flat_map(move |id| {
            let at = endpoints.iter().map(move |endpoint| format!("{id}@{endpoint}"));
            std::iter::once(id.to_owned()).chain(at).collect::<Vec<_>>()
        })
    });
    names.collect()
}

/// The scenario that a transcript belongs to: `refusals/tx-code` of `refusals/tx-code#wrong`.
fn whole(scenario: &str) -> &str {
    scenario.split('#').next().unwrap_or(scenario)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn entry(check: &str, scenario: Option<&str>) -> Entry {
        Entry {
            check: check.into(),
            scenario: scenario.map(str::to_owned),
            reason: "the gateway strips it".into(),
            expires: None,
            issue: None,
            line: 1,
        }
    }

    #[test]
    fn a_pattern_covers_a_check_at_an_endpoint_in_a_scenario() {
        let covers = |check: &str, scenario: Option<&str>| {
            entry(check, scenario).covers(
                ["dpop/refuses-wrong-htm", "dpop/refuses-another-method"],
                Some("credential"),
                Some("refusals/dpop#dpop-wrong-htm"),
            )
        };
        assert!(covers("dpop/refuses-wrong-htm", None));
        assert!(covers("dpop/refuses-wrong-htm@credential", Some("refusals/dpop")));
        assert!(covers("dpop/refuses-another-*", Some("refusals/*")), "a former id");
        assert!(covers("*@credential", Some("refusals/dpop#dpop-wrong-htm")));
        assert!(!covers("dpop/refuses-wrong-htm@token", None));
        assert!(!covers("dpop/refuses-wrong-htm", Some("pre-authorized/*")));
    }

    #[test]
    fn the_run_as_a_whole_is_no_scenario() {
        let covers = |scenario| entry("a/b", scenario).covers(["a/b"], None, None);
        assert!(covers(None) && covers(Some("*")));
        assert!(!covers(Some("refusals/*")));
    }

    #[test]
    fn names_have_endpoints_where_verdicts_have() {
        let names = check_names();
        assert!(names.iter().any(|name| name == "dpop/refuses-wrong-htm@credential"));
        assert!(names.iter().any(|name| name == "nonce/is-uncacheable"));
        assert!(!names.iter().any(|name| name.starts_with("nonce/is-uncacheable@")));
    }
}
