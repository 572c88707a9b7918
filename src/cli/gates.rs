//! What a judged run is held against before it is told.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::arguments::GateArguments;
use super::configuration::{Configuration, ConfigurationError};
use super::snapshot_file::SnapshotFile;
use super::{CliError, baseline, terminal};
use crate::gate::{self, Baseline, Shapes, Suite, drift};
use crate::report::{Compared, Report};
use crate::scenario::Scenario;
use crate::transcript::Run;

/// Where the gates of a run are written down.
#[derive(Clone, Debug)]
pub struct GateFiles {
    /// The file of what is known to fail.
    baseline: Option<PathBuf>,
    /// The file of what the issuer is recorded to say.
    pub snapshot: SnapshotFile,
    suite: Suite,
}

impl GateFiles {
    /// What the arguments name, or the configuration, or what stands where it is looked for.
    /// `suite` is every scenario there is, those that are not run included; the bundled issuer has
    /// a snapshot of its own.
    pub fn of(
        arguments: &GateArguments,
        configuration: Option<&Configuration>,
        suite: Suite,
        is_bundled: bool,
    ) -> Self {
        let snapshot = if arguments.no_snapshot {
            SnapshotFile::None
        } else {
            SnapshotFile::of(arguments.snapshot.as_deref(), configuration, is_bundled)
        };
        Self { baseline: baseline_path(arguments, configuration), snapshot, suite }
    }

    /// Reads what is known to fail; none where nothing is written down.
    pub fn baseline(&self) -> Result<Option<Baseline>, ConfigurationError> {
        let path = self.baseline.as_deref();
        path.map(|path| baseline::load(path, self.suite.clone())).transpose()
    }

    /// Reads them, and sees to it that what was named is there, before anything is sent.
    pub fn read(&self) -> Result<Gates, CliError> {
        let baseline = self
            .baseline()
            .map_err(|error| CliError::Usage(error.render(terminal::style(false).colour)))?;
        self.snapshot.check()?;
        Ok(Gates { baseline, snapshot: self.snapshot.clone() })
    }
}

/// The gates of a run, read before anything is sent.
#[derive(Clone, Debug)]
pub struct Gates {
    /// What is known to fail.
    baseline: Option<Baseline>,
    /// What the issuer is recorded to say.
    snapshot: SnapshotFile,
}

impl Gates {
    /// The report as it is told: where the issuer has drifted, what is known, and what is stale.
    pub fn reconcile(&self, run: &Run, report: Report) -> Result<Report, CliError> {
        let report = self.held_against_its_snapshot(run, report)?;
        Ok(self.held_against_the_baseline(run, report))
    }

    fn held_against_the_baseline(&self, run: &Run, report: Report) -> Report {
        let Some(baseline) = &self.baseline else { return report };
        // The day of the run, so that a saved one is judged as it was when it was fresh.
        let today = run.provenance.finished_at.to_zoned(TimeZone::UTC).date();
        let report = gate::reconcile(report, baseline, today);
        let undecided = gate::undecided(&report, baseline);
        if !undecided.is_empty() {
            let lines: Vec<String> = undecided.iter().map(|one| one.line.to_string()).collect();
            let (noun, lines) = (if lines.len() == 1 { "line" } else { "lines" }, lines.join(", "));
            terminal::remark(&format!(
                "{}: this run does not show whether the entry in {noun} {lines} still holds",
                baseline.file
            ));
        }
        report
    }

    fn held_against_its_snapshot(&self, run: &Run, report: Report) -> Result<Report, CliError> {
        let Some((path, recorded)) = self.snapshot.read(&run.provenance.credential_issuer)? else {
            return Ok(report);
        };
        let mut comparison = drift(&recorded, &Shapes::of(run), &report.transcripts);
        let file = path.display().to_string();
        for problem in comparison.problems.iter_mut().filter(|_| comparison.compared > 0) {
            problem.because = Some(format!("it is not what {file} has"));
        }
        let compared = Compared {
            file,
            recorded: comparison.recorded,
            compared: comparison.compared,
            drifted: comparison.problems.len(),
        };
        Ok(report.with_findings(comparison.problems).compared_with(compared))
    }
}

/// The suite that patterns of a baseline are held against: these scenarios, and those of a run
/// that was recorded.
pub fn suite(scenarios: &[Scenario], run: Option<&Run>) -> Suite {
    let mut suite: Suite =
        scenarios.iter().map(|scenario| (scenario.id.clone(), scenario.aims.clone())).collect();
    for transcript in run.iter().flat_map(|run| &run.transcripts) {
        if !suite.iter().any(|(id, _)| *id == transcript.scenario) {
            suite.push((transcript.scenario.clone(), Vec::new()));
        }
    }
    suite
}

fn baseline_path(
    arguments: &GateArguments,
    configuration: Option<&Configuration>,
) -> Option<PathBuf> {
    if arguments.no_baseline {
        return None;
    }
    let configured = configuration.and_then(|configuration| configuration.baseline.clone());
    arguments.baseline.clone().or(configured).or_else(|| {
        let file = Path::new(baseline::FILE);
        let beside = configuration.map_or(file.to_owned(), |one| one.beside(file));
        beside.is_file().then_some(beside)
    })
}
