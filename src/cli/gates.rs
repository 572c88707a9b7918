//! What a judged run is held against before it is told.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::arguments::GateArguments;
use super::configuration::Configuration;
use super::{CliError, baseline, terminal};
use crate::gate::{self, Baseline, Suite};
use crate::report::Report;
use crate::scenario::Scenario;
use crate::transcript::Run;

/// The gates of a run, read before anything is sent.
#[derive(Clone, Debug, Default)]
pub struct Gates {
    baseline: Option<Baseline>,
}

impl Gates {
    /// Reads what the arguments name, or the configuration, or what stands where it is looked
    /// for. `suite` is every scenario there is, those that are not run included.
    pub fn read(
        arguments: &GateArguments,
        configuration: Option<&Configuration>,
        suite: Suite,
    ) -> Result<Self, CliError> {
        let path = baseline_path(arguments, configuration);
        let baseline = path.map(|path| baseline::load(&path, suite)).transpose()?;
        Ok(Self { baseline })
    }

    /// The report as it is told: with what is known marked, and what is stale added.
    pub fn reconcile(&self, run: &Run, report: Report) -> Result<Report, CliError> {
        let Some(baseline) = &self.baseline else { return Ok(report) };
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
        Ok(report)
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
