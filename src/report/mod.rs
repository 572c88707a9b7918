//! One value from which every rendering is made: verdicts with their circumstances, grouped by
//! cause and without a secret. Renderers read it and compute nothing.

mod chosen;
mod compared;
mod counted;
mod detected;
mod difference;
mod exit;
mod folded;
mod known;
mod migration;
mod place;
mod problem;
mod provenance;
mod recorded;
mod redaction;
mod redness;
mod replay;
mod result;
mod scenario;
mod schema;
mod sentence;
#[cfg(test)]
pub(crate) mod staging;
#[cfg(test)]
mod tests;
mod totals;

pub use chosen::is_chosen;
pub use compared::Compared;
pub use counted::counted;
pub use detected::Detected;
pub use difference::Difference;
pub use exit::{Exit, ExitStatus, Strictness};
pub use folded::Variation;
pub use known::Known;
pub use migration::{Migration, MigrationStep};
pub use place::{Place, Sighting};
pub use problem::{Consequence, Problem};
pub use provenance::Provenance;
pub use recorded::{Recorded, RecordedExit, RecordedProblem, RecordedProvenance, RecordedVerdict};
pub use redaction::Redaction;
pub use replay::{Pair, Replay, Said};
pub use result::{CheckResult, ReportedVerdict, Source};
pub use scenario::{ScenarioLine, ScenarioState};
pub use schema::schema;
pub use totals::{NotRunReason, Totals};

use schemars::JsonSchema;
use serde::Serialize;

use crate::checks::{self, Check, Judgement, Outcome, Policy};
use crate::protocol::CredentialResponse;
use crate::transcript::{INTERRUPTED, NO_OFFER_SOURCE, OpenedToken, Redactor, Run, Transcript};

/// Version of the written form, which `vcispec schema report` describes.
///
/// It rises when a member goes, is renamed, or changes its type or its meaning; also when the words
/// for outcomes, states, stations or endings become fewer. Without its rising, members may be
/// added, new checks come, and texts for people be put in other words: who reads a report leaves
/// aside what it does not know, and compares names, never sentences.
pub const SCHEMA_VERSION: u32 = 1;
/// The check whose NOTE tells which draft an issuer speaks. It is told once, at the top.
const SPEAKS: &str = "issuer-metadata/speaks-the-final-version";

/// What is told of a run.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    /// Version of the written form.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// What was taken out of it. `judge` refuses files with this member.
    pub redaction: Redaction,
    /// Set where secrets were left in it: what every rendering says first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<&'static str>,
    /// Who ran what against whom, and by which rules.
    pub provenance: Provenance,
    /// What the issuer seems to speak instead of 1.0 Final: "looks like draft 13: …".
    pub speaks: Option<String>,
    /// What it would need for 1.0 Final, where an older draft explains what is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub migration: Option<Migration>,
    /// Profiles that the issuer shows signs of, judged or not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub detected: Vec<Detected>,
    /// Whether the run was given an offer or an offer source.
    pub offers_given: bool,
    /// How many fresh offers the scenarios took.
    pub offers_used: usize,
    /// How many credentials the issuer gave out.
    pub credentials_issued: usize,
    /// How many checks came to which outcome.
    pub totals: Totals,
    /// The verdict in a sentence.
    pub sentence: String,
    /// What the process exits with, and why.
    pub exit: Exit,
    /// The snapshot that the issuer was held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<Compared>,
    /// One line for each scenario, in the order of the run.
    pub scenarios: Vec<ScenarioLine>,
    /// What is not as it should be, by cause: notes first, failures last.
    pub problems: Vec<Problem>,
    /// One entry for each check, in the order of an issuance.
    pub results: Vec<CheckResult>,
    /// The exchanges, redacted like the rest, for renderings that open them.
    pub transcripts: Vec<Transcript>,
    /// What is inside the JWTs and SD-JWTs for which pseudonyms stand in the exchanges.
    pub tokens: Vec<OpenedToken>,
}

impl Report {
    /// Tells a judged run, leniently, and without a secret. See [`Report::held_to`].
    pub fn of(run: &Run, policy: &Policy, judgement: &Judgement) -> Self {
        Self::on(&checks_of(run), run, policy, judgement, Redaction::Redacted)
    }

    /// The same with every secret and every claim in the clear, for the eyes of the run's owner.
    pub fn unredacted(run: &Run, policy: &Policy, judgement: &Judgement) -> Self {
        Self::on(&checks_of(run), run, policy, judgement, Redaction::None)
    }

    /// Tells a run that was judged by these checks.
    pub(crate) fn on(
        checks: &[&'static Check],
        run: &Run,
        policy: &Policy,
        judgement: &Judgement,
        redaction: Redaction,
    ) -> Self {
        let redactor = match redaction {
            Redaction::Redacted => Redactor::of(run),
            Redaction::None => Redactor::blind(),
        };
        let redacted = redactor.redact(run);
        let results = result::results(checks, judgement, &redactor);
        let report = Self {
            schema_version: SCHEMA_VERSION,
            redaction,
            warning: redaction.warning(),
            provenance: Provenance::of(&redacted, policy),
            migration: migration::migration(&results, policy, speaks(&results).as_deref()),
            speaks: speaks(&results),
            detected: detected::detected(run, policy),
            offers_given: offers_given(run),
            offers_used: run.transcripts.iter().map(|one| one.offers.len()).sum(),
            credentials_issued: credentials_issued(run),
            totals: Totals::default(),
            sentence: String::new(),
            exit: Exit::default(),
            snapshot: None,
            problems: Vec::new(),
            scenarios: Vec::new(),
            results,
            transcripts: redacted.transcripts,
            tokens: redactor.opened(),
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

    /// The same report, told that it was held against a snapshot.
    pub fn compared_with(mut self, snapshot: Compared) -> Self {
        self.snapshot = Some(snapshot);
        self
    }

    /// Everything that follows from the results and from what the gate found.
    fn told_again(mut self) -> Self {
        let mut findings = std::mem::take(&mut self.problems);
        findings.retain(Problem::is_of_the_gate);
        self.totals = Totals::of(&self.results, &findings);
        self.scenarios = scenario::lines(&self.transcripts, &self.results);
        let draft = self.migration.as_ref().map(|migration| migration.because.as_str());
        self.problems = problem::problems(&self.transcripts, &self.results, draft);
        self.problems.extend(findings);
        self.problems.sort_by_key(|problem| problem.outcome);
        self.held_to(Strictness::default())
    }

    /// The same report, with the exit status that this strictness asks for.
    pub fn held_to(mut self, strictness: Strictness) -> Self {
        self.exit = Exit::of(&self, strictness);
        self.sentence = sentence::of(&self);
        self
    }

    /// The same report of a run that was stopped half-way, also where its last scenarios were
    /// under way already.
    pub fn interrupted(mut self) -> Self {
        if !self.exit.reasons.iter().any(|reason| reason == INTERRUPTED) {
            self.exit.because(ExitStatus::Error, INTERRUPTED.to_owned());
        }
        self.sentence = sentence::of(&self);
        self
    }

    /// Whether a check came after the edition in force, so that it only warns, however strict the
    /// caller is.
    pub fn only_warns(&self, result: &CheckResult) -> bool {
        self.provenance.edition.is_before_edition(result.since)
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

/// The checks of the specification, and, where a script expects something, what it expects.
fn checks_of(run: &Run) -> Vec<&'static Check> {
    let expects = run.transcripts.iter().any(|transcript| !transcript.expectations.is_empty());
    checks::all().chain(expects.then_some(&checks::EXPECTATION)).collect()
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
    run.transcripts
        .iter()
        .flat_map(Transcript::at_issuance)
        .filter_map(|exchange| exchange.answer())
        .filter(|answer| answer.is_success())
        .map(|answer| {
            let is_encrypted = answer.media_type().as_deref() == Some("application/jwt");
            if is_encrypted && answer.plaintext.is_none() {
                return 1;
            }
            let json = answer.said().json().unwrap_or_default();
            CredentialResponse::new(&json).count()
        })
        .sum()
}
