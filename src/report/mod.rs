//! One value from which every rendering is made: verdicts with their circumstances, grouped by
//! cause and without a secret. Renderers read it and compute nothing.

mod chosen;
mod exit;
mod known;
mod place;
mod problem;
mod provenance;
mod recorded;
mod result;
mod scenario;
#[cfg(test)]
pub(crate) mod staging;
#[cfg(test)]
mod tests;
mod totals;

pub use exit::{Exit, ExitStatus, Strictness};
pub use known::Known;
pub use place::{Place, Sighting};
pub use problem::{Consequence, Problem};
pub use provenance::Provenance;
pub use recorded::{Recorded, RecordedProvenance, RecordedVerdict};
pub use result::{CheckResult, ReportedVerdict, Source};
pub use scenario::{ScenarioLine, ScenarioState};
pub use totals::{NotRunReason, Totals};

use serde::Serialize;

use crate::checks::{self, Check, Judgement, Outcome, Policy};
use crate::transcript::{NO_OFFER_SOURCE, Redactor, Run, Transcript};

/// Version of the written form. It rises when a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;
/// The check whose NOTE tells which draft an issuer speaks. It is told once, at the top.
const SPEAKS: &str = "issuer-metadata/speaks-the-final-version";

/// What is told of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Always `redacted`. `judge` refuses files with this member.
    pub redaction: &'static str,
    /// Who ran what against whom, and by which rules.
    pub provenance: Provenance,
    /// What the issuer seems to speak instead of 1.0 Final: "looks like draft 13: …".
    pub speaks: Option<String>,
    /// Whether the run was given an offer or an offer source.
    pub offers_given: bool,
    /// How many fresh offers the scenarios took.
    pub offers_used: usize,
    /// How many credentials the issuer gave out.
    pub credentials_issued: usize,
    /// How many checks came to which outcome.
    pub totals: Totals,
    /// What the process exits with, and why.
    pub exit: Exit,
    /// One line for each scenario, in the order of the run.
    pub scenarios: Vec<ScenarioLine>,
    /// What is not as it should be, by cause: notes first, failures last.
    pub problems: Vec<Problem>,
    /// One entry for each check, in the order of an issuance.
    pub results: Vec<CheckResult>,
    /// The exchanges, redacted, for renderings that open them.
    pub transcripts: Vec<Transcript>,
}

impl Report {
    /// Tells a judged run, leniently. See [`Report::held_to`].
    pub fn of(run: &Run, policy: &Policy, judgement: &Judgement) -> Self {
        let checks: Vec<&'static Check> = checks::all().collect();
        Self::on(&checks, run, policy, judgement)
    }

    /// Tells a run that was judged by these checks.
    pub(crate) fn on(
        checks: &[&'static Check],
        run: &Run,
        policy: &Policy,
        judgement: &Judgement,
    ) -> Self {
        let redactor = Redactor::of(run);
        let redacted = redactor.redact(run);
        let results = result::results(checks, judgement, &redactor);
        let report = Self {
            schema_version: SCHEMA_VERSION,
            redaction: "redacted",
            provenance: Provenance::of(&redacted, policy),
            speaks: speaks(&results),
            offers_given: offers_given(run),
            offers_used: run.transcripts.iter().map(|one| one.offers.len()).sum(),
            credentials_issued: credentials_issued(run),
            totals: Totals::default(),
            exit: Exit::default(),
            problems: Vec::new(),
            scenarios: Vec::new(),
            results,
            transcripts: redacted.transcripts,
        };
        report.told_again()
    }

    /// The same report, with every verdict marked that somebody knows of.
    pub fn with_known(
        mut self,
        known: impl Fn(&CheckResult, &ReportedVerdict) -> Option<Known>,
    ) -> Self {
        for result in &mut self.results {
            let marks: Vec<Option<Known>> =
                result.verdicts.iter().map(|verdict| known(result, verdict)).collect();
            for (verdict, mark) in result.verdicts.iter_mut().zip(marks) {
                verdict.mark(mark);
            }
            result.settle();
        }
        self.told_again()
    }

    /// The same report, with what the gate found beside the verdicts: DRIFT and STALE.
    pub fn with_findings(mut self, findings: impl IntoIterator<Item = Problem>) -> Self {
        self.problems.extend(findings.into_iter().filter(Problem::is_of_the_gate));
        self.told_again()
    }

    /// Everything that follows from the results and from what the gate found.
    fn told_again(mut self) -> Self {
        let mut findings = std::mem::take(&mut self.problems);
        findings.retain(Problem::is_of_the_gate);
        self.totals = Totals::of(&self.results, &findings);
        self.scenarios = scenario::lines(&self.transcripts, &self.results);
        self.problems = problem::problems(&self.transcripts, &self.results);
        self.problems.extend(findings);
        self.problems.sort_by_key(|problem| problem.outcome);
        self.held_to(Strictness::default())
    }

    /// The same report, with the exit status that this strictness asks for.
    pub fn held_to(mut self, strictness: Strictness) -> Self {
        self.exit = Exit::of(&self, strictness);
        self
    }

    /// What the process exits with.
    pub fn exit_status(&self) -> ExitStatus {
        self.exit.status
    }

    /// The verdicts of a scenario with the checks they are on; `None` for those on the whole run.
    pub fn verdicts_in<'a>(
        &'a self,
        scenario: Option<&'a str>,
    ) -> impl Iterator<Item = (&'a CheckResult, &'a ReportedVerdict)> {
        self.results.iter().flat_map(move |result| {
            let verdicts = result.verdicts.iter();
            verdicts
                .filter(move |verdict| verdict.scenario.as_deref() == scenario)
                .map(move |verdict| (result, verdict))
        })
    }
}

/// The fingerprint with the most signs: not every scenario saw all that the issuer sends.
fn speaks(results: &[CheckResult]) -> Option<String> {
    let result = results.iter().find(|result| result.check == SPEAKS)?;
    let notes = result.verdicts.iter().filter(|verdict| is_told_at_the_top(verdict));
    let sentences = notes.filter_map(|verdict| verdict.actual.clone());
    sentences.max_by_key(String::len)
}

/// Whether a verdict is the draft fingerprint, which has its own place.
fn is_told_at_the_top(verdict: &ReportedVerdict) -> bool {
    verdict.name == SPEAKS && verdict.outcome == Outcome::Note
}

fn offers_given(run: &Run) -> bool {
    let source = run.provenance.offer_source.trim();
    let named = !source.is_empty() && source != NO_OFFER_SOURCE;
    named || run.transcripts.iter().any(|one| !one.offers.is_empty())
}

fn credentials_issued(run: &Run) -> usize {
    use crate::transcript::Station;
    run.transcripts
        .iter()
        .flat_map(|transcript| transcript.at(Station::Credential))
        .filter_map(|exchange| exchange.answer())
        .filter(|answer| answer.is_success())
        .map(|answer| {
            if answer.media_type().as_deref() == Some("application/jwt") {
                return 1;
            }
            let json = answer.body.json().unwrap_or_default();
            match json.get("credentials").and_then(|list| list.as_array()) {
                Some(list) => list.len(),
                None => usize::from(json.get("credential").is_some()),
            }
        })
        .sum()
}
