//! A report read back: as much of it as a later command needs, leniently, so that reports of
//! other versions can still be compared.

use serde::Deserialize;

use super::{Known, Report};
use crate::checks::Outcome;
use crate::transcript::Transcript;

/// A run as its JSON report tells it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Recorded {
    /// Version of the written form.
    pub schema_version: u32,
    /// Where it comes from.
    pub provenance: RecordedProvenance,
    /// Whether it was given an offer or an offer source.
    #[serde(default)]
    offers_given: bool,
    /// How many credentials the issuer gave out.
    #[serde(default)]
    credentials_issued: usize,
    /// What it ended with.
    #[serde(default)]
    pub exit: RecordedExit,
    /// What was not as it should be, by cause.
    #[serde(default)]
    problems: Vec<RecordedProblem>,
    /// Every verdict, by check.
    results: Vec<RecordedResult>,
    /// The exchanges, redacted.
    #[serde(default)]
    pub transcripts: Vec<Transcript>,
}

/// Where a recorded run comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordedProvenance {
    /// Version of the program that wrote it.
    pub version: String,
    /// The Credential Issuer Identifier under test.
    pub credential_issuer: String,
    /// The profiles that the issuer was held to.
    pub profiles: Vec<String>,
    /// The edition of the checks in force; none in reports from before there were editions.
    #[serde(default)]
    pub edition: Option<String>,
    /// Digest of the policy.
    pub policy_digest: String,
    /// Identifier of the run.
    pub run_id: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct RecordedResult {
    check: String,
    obligation: String,
    verdicts: Vec<RecordedVerdict>,
}

/// One verdict of a recorded run.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordedVerdict {
    /// Id of the check.
    #[serde(skip)]
    pub check: String,
    /// The obligation in one sentence.
    #[serde(skip)]
    pub obligation: String,
    /// `check@endpoint`.
    pub name: String,
    /// The scenario; none for a verdict on the whole run.
    pub scenario: Option<String>,
    /// What it came to.
    pub outcome: Outcome,
    /// What the specification asks for, of a breach.
    pub expected: Option<String>,
    /// What the issuer did, of a breach.
    pub actual: Option<String>,
    /// Why it could not be judged.
    pub because: Option<String>,
    /// Numbers of the exchanges that show it.
    #[serde(default)]
    pub exchanges: Vec<u32>,
    /// Who knew of it, where it is KNOWN.
    #[serde(default)]
    pub known: Option<Known>,
}

/// What the gate found beside the verdicts of a recorded run, or another problem of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordedProblem {
    /// What it came to.
    pub outcome: Outcome,
    /// What it is called.
    pub name: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
    /// What was found.
    pub actual: Option<String>,
    /// Why.
    pub because: Option<String>,
}

/// What the recorded run ended with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct RecordedExit {
    /// The number that the operating system was given.
    pub status: u8,
    /// Why it is not 0, in words.
    #[serde(default)]
    pub reasons: Vec<String>,
}

impl RecordedVerdict {
    /// What it was judged to be, known or not.
    pub fn judged(&self) -> Outcome {
        self.known.as_ref().map_or(self.outcome, |known| known.judged)
    }
}

impl Recorded {
    /// Reads a JSON report.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// What would be read back from this report.
    pub fn of(report: &Report) -> Result<Self, serde_json::Error> {
        serde_json::from_value(serde_json::to_value(report)?)
    }

    /// Every verdict with its check.
    pub fn verdicts(&self) -> impl Iterator<Item = RecordedVerdict> {
        self.results.iter().flat_map(|result| {
            result.verdicts.iter().cloned().map(|verdict| RecordedVerdict {
                check: result.check.clone(),
                obligation: result.obligation.clone(),
                ..verdict
            })
        })
    }

    /// Whether there were offers, and no credential came of them.
    pub fn issued_nothing(&self) -> bool {
        self.offers_given && self.credentials_issued == 0
    }

    /// What the gate found beside the verdicts: DRIFT and STALE.
    pub fn findings(&self) -> impl Iterator<Item = &RecordedProblem> {
        let of_the_gate =
            |problem: &&RecordedProblem| matches!(problem.outcome, Outcome::Drift | Outcome::Stale);
        self.problems.iter().filter(of_the_gate)
    }

    /// The scenario of that id as it was run.
    pub fn scenario(&self, id: &str) -> Option<&Transcript> {
        self.transcripts.iter().find(|transcript| transcript.scenario == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::staging;

    #[test]
    fn what_is_written_is_read_back() {
        let report = staging::report();
        let text = serde_json::to_string(&report).unwrap_or_default();
        let read = Recorded::read(&text).unwrap_or_else(|error| unreachable!("{error}"));
        let told: usize = report.results.iter().map(|result| result.verdicts.len()).sum();
        assert_eq!(read.verdicts().count(), told);
        assert_eq!(read.transcripts, report.transcripts);
        assert_eq!(Recorded::of(&report).ok(), Some(read));
    }
}
